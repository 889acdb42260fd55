// SPDX-License-Identifier: Apache-2.0
#include "session.hpp"

#include <cstdlib>
#include <filesystem>

#include "terminal.hpp"

namespace koinon::command {

namespace {

std::string message_of(int32_t code, const kn_error* error) {
  if (const char* message = kn_error_message(error)) return message;
  const char* name = kn_code_name(code);
  return name != nullptr ? name : "failed with code " + std::to_string(code);
}

// The vectors that the environment names ("" for none), or those installed with the command.
std::string word_vectors() {
  if (const char* told = std::getenv("KOINON_WORD_VECTORS")) return told;
  namespace fs = std::filesystem;
  std::error_code none;
  const fs::path command = fs::read_symlink("/proc/self/exe", none);
  const fs::path file =
      command.parent_path().parent_path() / "share" / "koinon" / "koinon-24.vectors";
  return fs::is_regular_file(file, none) ? file.string() : std::string();
}

CatalogueHandle open_with(const std::string& path, const kn_open_options& options) {
  return make<CatalogueHandle>([&](kn_catalogue** catalogue, kn_error** error) {
    return kn_open(path.data(), path.size(), &options, catalogue, error);
  });
}

}  // namespace

Failure::Failure(int32_t code, kn_error* error)
    : std::runtime_error(message_of(code, error)), code_(code) {
  for (std::uint64_t i = 0; i < kn_error_violation_count(error); ++i) {
    violations_.push_back({{"path", kn_error_violation_path(error, i)},
                           {"code", kn_error_violation_code(error, i)},
                           {"message", kn_error_violation_message(error, i)}});
  }
  kn_error_free(error);
}

CatalogueHandle open_catalogue(const std::string& path, Use use, const OwnThesaurus& thesaurus) {
  kn_open_options options;
  kn_open_options_init(&options, sizeof(options));
  options.create = use == Use::Create ? 1 : 0;
  const std::string vectors = word_vectors();
  options.word_vectors = string_of(vectors);
  std::vector<kn_string> files;
  for (const std::string& file : thesaurus.files) files.push_back(string_of(file));
  options.thesaurus_files = files.data();
  options.thesaurus_file_count = files.size();
  if (thesaurus.alone) options.thesaurus = 0;
  try {
    return open_with(path, options);
  } catch (const Failure& failure) {
    // Not found may also be one of the files above.
    std::error_code none;
    const bool there = std::filesystem::exists(path, none);
    if (failure.code() == KN_E_NOT_FOUND && use != Use::Create && !there) {
      throw Failure(KN_E_NOT_FOUND, "there is no catalogue at " + path +
                                        "; make one with: koinon --catalogue " + shell_word(path) +
                                        " import FILE");
    }
    const bool unwritable = failure.code() == KN_E_READ_ONLY || failure.code() == KN_E_INPUT_OUTPUT;
    if (use != Use::Read || !unwritable) throw;
  }
  options.read_only = 1;
  return open_with(path, options);
}

Json get_record(kn_catalogue* catalogue, const std::string& id, std::uint64_t version) {
  return Json::parse(make_text([&](kn_text** json, kn_error** error) {
    return kn_get_json(catalogue, id.data(), id.size(), version, json, error);
  }));
}

std::string record_title(const Json& record, const std::string& language) {
  for (const char* name : {"title", "titles", "names", "labels"}) {
    const auto texts = record.find(name);
    if (texts == record.end() || !texts->is_array() || texts->empty()) continue;
    for (const Json& text : *texts) {
      if (!language.empty() && text.value("language", "") == language)
        return text.value("text", "");
    }
    return texts->front().value("text", "");
  }
  for (const char* name : {"acronym", "verdict"}) {
    if (record.contains(name)) return record.value(name, "");
  }
  for (const char* name : {"identifiers", "codes"}) {
    const auto list = record.find(name);
    if (list != record.end() && list->is_array() && !list->empty()) {
      return list->front().value("value", "");
    }
  }
  return {};
}

}  // namespace koinon::command
