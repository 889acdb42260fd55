// SPDX-License-Identifier: Apache-2.0
#include "python/interruptible.hpp"

#include <chrono>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace py = pybind11;

namespace koinon::python {

namespace {

constexpr std::chrono::milliseconds between_looks{20};

// What the working thread tells the waiting one.
class Mailbox {
 public:
  void post(const Progress& progress) {
    const std::lock_guard lock(mutex_);
    progress_.push_back(progress);
  }

  void end(std::exception_ptr failure) {
    const std::lock_guard lock(mutex_);
    failure_ = std::move(failure);
    ended_ = true;
    news_.notify_one();
  }

  // Waits for the end, but not for long. True when it has come.
  bool wait(std::vector<Progress>& progress) {
    std::unique_lock lock(mutex_);
    news_.wait_for(lock, between_looks, [this] { return ended_; });
    progress.clear();
    progress.swap(progress_);
    return ended_;
  }

  void rethrow() const {
    if (failure_) std::rethrow_exception(failure_);
  }

 private:
  std::mutex mutex_;
  std::condition_variable news_;
  std::vector<Progress> progress_;
  std::exception_ptr failure_;
  bool ended_ = false;
};

void look(const py::object& progress, const std::vector<Progress>& told) {
  if (PyErr_CheckSignals() != 0) throw py::error_already_set();
  for (const Progress& step : told) progress(step.stage, step.done, step.total);
}

}  // namespace

void interruptible(const py::object& progress, const std::function<void(const Task&)>& work) {
  Mailbox mailbox;
  Task task;
  if (!progress.is_none()) {
    task.progress = [&mailbox](const Progress& step) { mailbox.post(step); };
  }
  std::optional<py::error_already_set> raised;
  {
    const py::gil_scoped_release release;
    std::thread worker([&mailbox, &task, &work] {
      std::exception_ptr failure;
      try {
        work(task);
      } catch (...) {
        failure = std::current_exception();
      }
      mailbox.end(std::move(failure));
    });
    std::vector<Progress> told;
    for (bool ended = false; !ended;) {
      ended = mailbox.wait(told);
      if (raised || (ended && told.empty())) continue;
      const py::gil_scoped_acquire acquire;
      try {
        look(progress, told);
      } catch (py::error_already_set& error) {
        raised.emplace(std::move(error));
        task.cancel.cancel();
      }
    }
    worker.join();
  }
  if (raised) throw py::error_already_set(std::move(*raised));
  mailbox.rethrow();
}

}  // namespace koinon::python
