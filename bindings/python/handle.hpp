// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <pybind11/pybind11.h>

#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

#include "koinon/koinon.hpp"
#include "python/interruptible.hpp"

namespace koinon::python {

namespace py = pybind11;

/// A catalogue that may be closed while another thread still works in it: then that work is the
/// last to hold it. Every member is called with the interpreter lock, which guards catalogue_.
class Handle {
 public:
  explicit Handle(Catalogue opened) : catalogue_(std::make_shared<Catalogue>(std::move(opened))) {}
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  ~Handle() { close(); }

  bool closed() const { return !catalogue_; }

  void close() {
    if (!catalogue_) return;
    std::shared_ptr<Catalogue> last = std::move(catalogue_);
    const py::gil_scoped_release release;
    last.reset();
  }

  // Short work: ask(catalogue), without the interpreter lock.
  template <class Ask>
  auto call(Ask&& ask) {
    return unlocked([catalogue = use(), &ask] { return ask(*catalogue); });
  }

  // Long work, which Ctrl-C stops: ask(catalogue, task), likewise.
  template <class Ask>
  auto work(const py::object& progress, Ask&& ask) {
    using Answer = std::invoke_result_t<Ask, Catalogue&, const Task&>;
    const auto catalogue = use();
    if constexpr (std::is_void_v<Answer>) {
      interruptible(progress, [&](const Task& task) { ask(*catalogue, task); });
    } else {
      std::optional<Answer> answer;
      interruptible(progress, [&](const Task& task) { answer = ask(*catalogue, task); });
      return std::move(*answer);
    }
  }

 private:
  std::shared_ptr<Catalogue> use() const {
    if (!catalogue_) throw Error(ErrorCode::InvalidArgument, "this catalogue is closed");
    return catalogue_;
  }

  std::shared_ptr<Catalogue> catalogue_;
};

}  // namespace koinon::python
