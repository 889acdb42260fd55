// SPDX-License-Identifier: Apache-2.0
//
// Opening, writing and reading records.
#include <unistd.h>

#include <cstring>
#include <optional>
#include <utility>

#include "c/handles.hpp"
#include "c/json.hpp"
#include "c/options.hpp"

namespace koinon::c {

Catalogue& open_catalogue(kn_catalogue* handle) {
  kn_catalogue& open = required(handle, "catalogue");
  if (open.process != ::getpid()) {
    fail(ErrorCode::Forked,
         "the catalogue was opened before fork(); open it again in this process");
  }
  return open.catalogue;
}

namespace {

std::string id_in(const char* id, uint64_t length) {
  const std::string_view text = text_in(id, length, "id");
  if (text.empty()) fail_argument("the id is empty");
  return std::string(text);
}

std::optional<std::uint64_t> version_in(const kn_write_options& options) {
  if (options.expected_version == KN_ANY_VERSION) return {};
  return options.expected_version;
}

kn_written written_out(const Written& written) {
  kn_written out{};
  out.version = written.version;
  out.change = written.change;
  if (written.id.size() >= sizeof(out.id)) fail(ErrorCode::Internal, "an id of more than 64 bytes");
  std::memcpy(out.id, written.id.c_str(), written.id.size() + 1);
  return out;
}

std::string stored_json(const StoredRecord& stored) {
  const Json head = {{"id", stored.id},
                     {"kind", kind_name(kind_of(stored.record))},
                     {"version", stored.version},
                     {"change", stored.change},
                     {"created", format_instant(stored.created)},
                     {"updated", format_instant(stored.updated)}};
  return dump_with(head, "record", to_json(stored.record));
}

// A host's model as the library calls it.
class HostEmbedder final : public Embedder {
 public:
  explicit HostEmbedder(const kn_embedder& host) : host_(host) {}
  std::size_t dimension() const override { return host_.dimension; }
  std::uint64_t version() const override { return host_.version; }
  bool embed(std::string_view text, std::string_view language, float* out) const override {
    return host_.embed(host_.context, text.data(), text.size(), language.data(), language.size(),
                       out) == 1;
  }

 private:
  kn_embedder host_;
};

std::shared_ptr<const Embedder> embedder_in(const kn_embedder& host) {
  if (host.struct_size < sizeof(kn_embedder)) fail_argument("embedder.struct_size is too small");
  if (host.embed == nullptr) fail_argument("embedder.embed is NULL");
  return std::make_shared<HostEmbedder>(host);
}

}  // namespace

}  // namespace koinon::c

using namespace koinon::c;

KN_EXPORT int32_t kn_open(const char* path, uint64_t path_length, const kn_open_options* options,
                          kn_catalogue** catalogue, kn_error** error) {
  return guarded(error, [&] {
    kn_catalogue*& handle = result(catalogue, "catalogue");
    const std::string file = path_in(path, path_length);
    const kn_open_options given = options_in(options, open_defaults());
    if (given.busy_timeout_ms < 0) fail_argument("busy_timeout_ms is negative");
    koinon::OpenOptions own;
    own.create = flag_in(given.create, "create");
    own.read_only = flag_in(given.read_only, "read_only");
    own.background_views = flag_in(given.background_views, "background_views");
    own.busy_timeout_ms = static_cast<std::uint32_t>(given.busy_timeout_ms);
    own.thesaurus = flag_in(given.thesaurus, "thesaurus");
    own.word_vectors = std::string(text_in(given.word_vectors, "word_vectors"));
    if (given.embedder != nullptr) own.embedder = embedder_in(*given.embedder);
    check_array(given.languages, given.language_count, "languages");
    for (uint64_t i = 0; i < given.language_count; ++i)
      own.languages.emplace_back(text_in(given.languages[i], "a language"));
    check_array(given.thesaurus_files, given.thesaurus_file_count, "thesaurus_files");
    for (uint64_t i = 0; i < given.thesaurus_file_count; ++i)
      own.thesaurus_files.push_back(
          path_in(given.thesaurus_files[i].data, given.thesaurus_files[i].length));
    own.thesaurus_language = std::string(text_in(given.thesaurus_language, "thesaurus_language"));
    own.vector_model = std::string(text_in(given.vector_model, "vector_model"));
    own.vector_dimension = size_in(given.vector_dimension);
    if (given.clock != nullptr) {
      own.clock = [clock = given.clock, context = given.clock_context] { return clock(context); };
    }
    handle = new kn_catalogue{koinon::Catalogue::open(file, own), ::getpid()};
  });
}

KN_EXPORT int32_t kn_close(kn_catalogue* catalogue) {
  if (catalogue == nullptr) return KN_OK;
  // SQLite forbids even closing in a child: it would drop the parent's locks and journal.
  if (catalogue->process != ::getpid()) return KN_E_FORKED;
  return guarded(nullptr, [&] { delete catalogue; });
}

KN_EXPORT int32_t kn_put_json(kn_catalogue* catalogue, int32_t kind, const char* id,
                              uint64_t id_length, const char* json, uint64_t json_length,
                              const kn_write_options* options, kn_written* written,
                              kn_error** error) {
  return guarded(error, [&] {
    koinon::Catalogue& open = open_catalogue(catalogue);
    const kn_write_options given = options_in(options, write_defaults());
    if (written != nullptr) struct_out(written, kn_written{}, "written");  // fail before writing
    koinon::Write write;
    write.id = std::string(text_in(id, id_length, "id"));
    write.record = koinon::record_from_json(kind_in(kind), text_in(json, json_length, "json"));
    write.expected_version = version_in(given);
    const koinon::Written done = open.put(write, text_in(given.by, "by"));
    if (written != nullptr) struct_out(written, written_out(done), "written");
  });
}

KN_EXPORT int32_t kn_remove(kn_catalogue* catalogue, const char* id, uint64_t id_length,
                            const kn_write_options* options, kn_error** error) {
  return guarded(error, [&] {
    koinon::Catalogue& open = open_catalogue(catalogue);
    const kn_write_options given = options_in(options, write_defaults());
    open.remove(id_in(id, id_length), version_in(given), text_in(given.by, "by"));
  });
}

KN_EXPORT int32_t kn_erase(kn_catalogue* catalogue, const char* id, uint64_t id_length,
                           const kn_write_options* options, const kn_task* task, kn_error** error) {
  return guarded(error, [&] {
    koinon::Catalogue& open = open_catalogue(catalogue);
    const kn_write_options given = options_in(options, write_defaults());
    if (version_in(given)) fail_argument("erasing does not look at the version");
    open.erase(id_in(id, id_length), text_in(given.by, "by"), task_in(task));
  });
}

KN_EXPORT int32_t kn_get_json(kn_catalogue* catalogue, const char* id, uint64_t id_length,
                              uint64_t version, kn_text** json, kn_error** error) {
  return guarded(error, [&] {
    kn_text*& text = result(json, "json");
    koinon::Catalogue& open = open_catalogue(catalogue);
    const std::string which = id_in(id, id_length);
    text = new_text(stored_json(version == 0 ? open.get(which) : open.get(which, version)));
  });
}

KN_EXPORT int32_t kn_ids(kn_catalogue* catalogue, int32_t kind, const char* after,
                         uint64_t after_length, uint64_t limit, kn_id_list** ids,
                         kn_error** error) {
  return guarded(error, [&] {
    kn_id_list*& list = result(ids, "ids");
    koinon::Catalogue& open = open_catalogue(catalogue);
    const std::string from(text_in(after, after_length, "after"));
    list = new kn_id_list{open.ids(kind_in(kind), from, size_in(limit))};
  });
}

KN_EXPORT uint64_t kn_id_list_count(const kn_id_list* ids) {
  return ids == nullptr ? 0 : ids->ids.size();
}

KN_EXPORT const char* kn_id_list_id(const kn_id_list* ids, uint64_t place) {
  if (ids == nullptr || place >= ids->ids.size()) return nullptr;
  return ids->ids[static_cast<std::size_t>(place)].c_str();
}

KN_EXPORT void kn_id_list_free(kn_id_list* ids) {
  delete ids;
}
