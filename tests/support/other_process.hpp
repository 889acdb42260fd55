// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <exception>
#include <functional>
#include <stdexcept>
#include <utility>

namespace koinon::test {

/// Work done in a child process. Make it before anything is opened: what is open does not survive
/// fork(). The child stops in pause() until the parent lets it go on, and the parent in reached()
/// until the child comes there.
class OtherProcess {
 public:
  explicit OtherProcess(const std::function<void(OtherProcess&)>& work) {
    if (::pipe(down_) != 0 || ::pipe(up_) != 0) throw std::runtime_error("no pipe");
    child_ = ::fork();
    if (child_ < 0) throw std::runtime_error("no process");
    if (child_ > 0) return;
    int code = 0;
    try {
      work(*this);
    } catch (const std::exception& e) {
      std::fprintf(stderr, "in the other process: %s\n", e.what());
      code = 1;
    }
    ::_exit(code);
  }
  ~OtherProcess() {
    if (child_ > 0) end();
    for (const int fd : {down_[0], down_[1], up_[0], up_[1]}) {
      if (fd >= 0) ::close(fd);
    }
  }
  OtherProcess(const OtherProcess&) = delete;
  OtherProcess& operator=(const OtherProcess&) = delete;

  // In the child.
  void pause() {
    char byte = 0;
    if (::write(up_[1], "r", 1) != 1 || ::read(down_[0], &byte, 1) != 1) ::_exit(2);
  }

  // In the parent.
  void reached() {
    char byte = 0;
    if (up_[1] >= 0) ::close(std::exchange(up_[1], -1));
    if (::read(up_[0], &byte, 1) != 1) throw std::runtime_error("the other process ended early");
  }
  void go_on() {
    if (::write(down_[1], "g", 1) != 1) throw std::runtime_error("the other process is gone");
  }
  void kill() { ::kill(child_, SIGKILL); }
  /// Its exit code, or minus the signal that ended it.
  int end() {
    int status = 0;
    if (down_[1] >= 0) ::close(std::exchange(down_[1], -1));
    if (child_ > 0) ::waitpid(child_, &status, 0);
    child_ = 0;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
  }

 private:
  int down_[2] = {-1, -1};
  int up_[2] = {-1, -1};
  pid_t child_ = 0;
};

}  // namespace koinon::test
