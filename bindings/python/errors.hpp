// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace koinon::python {

/// Every koinon::Error reaches Python as the class of koinon.errors that has its code.
void register_errors();

}  // namespace koinon::python
