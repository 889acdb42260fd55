// SPDX-License-Identifier: Apache-2.0
//
// Engine work under a Python interpreter: without its lock, and stopped by Ctrl-C.
#pragma once

#include <pybind11/pybind11.h>

#include <functional>
#include <utility>

#include "koinon/progress.hpp"

namespace koinon::python {

/// Short work, on this thread, without the interpreter lock.
template <class Work>
auto unlocked(Work&& work) {
  const pybind11::gil_scoped_release release;
  return std::forward<Work>(work)();
}

/// Long work, on a thread of its own, as Python handles signals on its main thread alone. The
/// caller waits without the interpreter lock; every 20 ms it takes it, lets Python handle signals,
/// and calls `progress(stage, done, total)`, unless that is None. What either of them raises
/// cancels the work and is raised here, once the work has ended.
void interruptible(const pybind11::object& progress, const std::function<void(const Task&)>& work);

}  // namespace koinon::python
