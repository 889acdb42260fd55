// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace koinon::partners {

/// Four floats that +, -, * and / work on at once, by an extension that GCC and Clang have for
/// every processor: a loop over an array of four they take apart into single ones.
using Lanes = float __attribute__((vector_size(16)));

}  // namespace koinon::partners
