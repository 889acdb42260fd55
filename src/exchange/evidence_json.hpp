// SPDX-License-Identifier: Apache-2.0
//
// Parts of answers about evidence that other answers have as well.
#pragma once

#include "exchange/answer_json.hpp"
#include "koinon/evidence.hpp"

namespace koinon::exchange {

Ordered fit_json(const std::vector<FitReason>& reasons);

}  // namespace koinon::exchange
