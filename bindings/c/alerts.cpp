// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "c/handles.hpp"
#include "c/json.hpp"

namespace koinon::c {

namespace {

// What no request needs, and what writing one out again bears.
constexpr int deepest_json = 256;

// Reads [{"name","request":{...}}], and gathers everything that is wrong in it.
class SearchesReader {
  // Found by name, not in a line: a host's objects may have any number of members.
  using Tree = nlohmann::json;

 public:
  std::vector<SavedSearch> read(std::string_view text) {
    bool too_deep = false;
    const auto look = [&](int depth, Tree::parse_event_t, Tree&) {
      too_deep = too_deep || depth > deepest_json;
      return !too_deep;
    };
    const Tree tree = Tree::parse(text, look, false);
    std::vector<SavedSearch> searches;
    if (too_deep) {
      fault("", "too_deep", "has more than 256 values one inside the other");
    } else if (tree.is_discarded()) {
      fault("", "bad_json", "is not JSON");
    } else if (!tree.is_array()) {
      fault("", "wrong_type", "must be a list");
    } else {
      for (std::size_t i = 0; i < tree.size(); ++i) {
        searches.push_back(search(tree[i], "[" + std::to_string(i) + "]"));
      }
    }
    if (violations_.empty()) return searches;
    std::string message = "the saved searches cannot be understood";
    for (const Violation& each : violations_) {
      message += "; " + (each.path.empty() ? "it" : each.path) + " " + each.message;
    }
    throw Error(ErrorCode::InvalidArgument, message, std::move(violations_));
  }

 private:
  SavedSearch search(const Tree& tree, const std::string& path) {
    SavedSearch made;
    if (!tree.is_object()) {
      fault(path, "wrong_type", "must be an object");
      return made;
    }
    for (const auto& [key, value] : tree.items()) {
      const std::string place = path + "." + key;
      if (key == "request") {
        made.request = request(value, place);
      } else if (key != "name") {
        fault(place, "unknown_field", "is not known");
      } else if (!value.is_string()) {
        fault(place, "wrong_type", "must be a text");
      } else {
        made.name = value.get<std::string>();
      }
    }
    for (const char* key : {"name", "request"}) {
      if (!tree.contains(key)) fault(path + "." + key, "missing", "is missing");
    }
    return made;
  }

  SearchRequest request(const Tree& tree, const std::string& path) {
    try {
      return request_from_json(tree.dump());
    } catch (const Error& e) {
      if (e.code() != ErrorCode::InvalidArgument) throw;
      for (const Violation& each : e.violations()) {
        fault(path + (each.path.empty() ? "" : "." + each.path), each.code, each.message);
      }
      return {};
    }
  }

  void fault(std::string path, std::string code, std::string message) {
    constexpr std::size_t most = 32;
    if (violations_.size() == most) return;
    violations_.push_back({std::move(path), std::move(code), std::move(message)});
  }

  std::vector<Violation> violations_;
};

Json alerts_json(const Alerts& found) {
  Json alerts = Json::array();
  for (const Alert& alert : found.alerts) {
    alerts.push_back(
        {{"change", alert.change}, {"record", alert.record}, {"search", alert.search}});
  }
  return {{"change", found.change}, {"alerts", std::move(alerts)}};
}

}  // namespace

}  // namespace koinon::c

using namespace koinon::c;

KN_EXPORT int32_t kn_alerts(kn_catalogue* catalogue, kn_string searches, uint64_t after,
                            const kn_task* task, kn_text** json, kn_error** error) {
  return guarded(error, [&] {
    kn_text*& text = result(json, "json");
    koinon::Catalogue& open = open_catalogue(catalogue);
    const auto saved = SearchesReader().read(text_in(searches, "searches"));
    text = new_text(dump(alerts_json(open.alerts(saved, after, task_in(task)))));
  });
}
