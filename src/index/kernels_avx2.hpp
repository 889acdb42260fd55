// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "index/kernels.hpp"

namespace koinon::index {

/// nullptr where the processor, or the compiler, cannot.
const Kernels* avx2_kernels();

}  // namespace koinon::index
