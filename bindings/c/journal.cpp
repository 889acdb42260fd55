// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "c/handles.hpp"
#include "c/json.hpp"

namespace koinon::c {

namespace {

constexpr std::size_t default_page = 1000;

kn_change change_out(const Change& change) {
  kn_change out{};
  out.what = static_cast<int32_t>(change.what);
  out.kind = static_cast<int32_t>(change.kind);
  out.n = change.n;
  out.version = change.version;
  out.at = instant(change.at);
  out.id = view(change.id);
  out.by = view(change.by);
  out.body = view(change.body);
  return out;
}

std::string changes_json(const std::vector<Change>& changes) {
  std::string text = "[";
  for (const Change& change : changes) {
    if (text.size() > 1) text += ',';
    const Json head = {{"n", change.n},
                       {"what", change_name(change.what)},
                       {"id", change.id},
                       {"kind", kind_name(change.kind)},
                       {"version", change.version},
                       {"at", format_instant(change.at)},
                       {"by", change.by}};
    text += dump_with(head, "record", change.body.empty() ? "null" : change.body);
  }
  return text += ']';
}

}  // namespace

}  // namespace koinon::c

using namespace koinon::c;

KN_EXPORT int32_t kn_follow(kn_catalogue* catalogue, uint64_t n, uint64_t limit,
                            kn_changes** changes, kn_error** error) {
  return guarded(error, [&] {
    kn_changes*& list = result(changes, "changes");
    koinon::Catalogue& open = open_catalogue(catalogue);
    list = new kn_changes{open.follow(n, limit == 0 ? default_page : size_in(limit))};
  });
}

KN_EXPORT int32_t kn_history(kn_catalogue* catalogue, const char* id, uint64_t id_length,
                             kn_changes** changes, kn_error** error) {
  return guarded(error, [&] {
    kn_changes*& list = result(changes, "changes");
    koinon::Catalogue& open = open_catalogue(catalogue);
    const std::string_view which = text_in(id, id_length, "id");
    if (which.empty()) fail_argument("the id is empty");
    list = new kn_changes{open.history(std::string(which))};
  });
}

KN_EXPORT uint64_t kn_changes_count(const kn_changes* changes) {
  return changes == nullptr ? 0 : changes->changes.size();
}

KN_EXPORT int32_t kn_changes_get(const kn_changes* changes, uint64_t place, kn_change* change,
                                 kn_error** error) {
  return guarded(error, [&] {
    const auto& all = required(changes, "changes").changes;
    struct_out(change, change_out(at_place(all, place)), "change");
  });
}

KN_EXPORT int32_t kn_changes_json(const kn_changes* changes, kn_text** json, kn_error** error) {
  return guarded(error, [&] {
    kn_text*& text = result(json, "json");
    text = new_text(changes_json(required(changes, "changes").changes));
  });
}

KN_EXPORT void kn_changes_free(kn_changes* changes) {
  delete changes;
}
