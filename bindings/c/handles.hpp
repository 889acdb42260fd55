// SPDX-License-Identifier: Apache-2.0
//
// What stands behind the opaque handles.
#pragma once

#include <sys/types.h>

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "c/boundary.hpp"
#include "koinon/koinon.hpp"

struct kn_text {
  std::string text;
};

struct kn_cancel_token {
  koinon::CancelToken token;
};

struct kn_catalogue {
  koinon::Catalogue catalogue;
  pid_t process;  // which opened it
};

struct kn_id_list {
  std::vector<std::string> ids;
};

struct kn_changes {
  std::vector<koinon::Change> changes;
};

struct kn_network {
  koinon::Network network;
};

struct kn_import_report {
  koinon::ImportReport report;
};

namespace koinon::c {

/// Fails with InvalidArgument for NULL, with Forked in a child of the process that opened it.
Catalogue& open_catalogue(kn_catalogue* handle);

/// The C++ side of a task; NULL gives work that nobody watches.
Task task_in(const kn_task* task);

inline const Network& network_in(const kn_network* network) {
  return required(network, "network").network;
}

kn_text* new_text(std::string text);

/// Milliseconds of an instant; nothing here is older than 1970.
inline uint64_t instant(Timestamp at) {
  return at > 0 ? static_cast<uint64_t>(at) : 0;
}

}  // namespace koinon::c
