// SPDX-License-Identifier: Apache-2.0
#include "engine/host_thesaurus.hpp"

#include <unistd.h>
#include <xxhash.h>

#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <utility>

#include "engine/thesaurus_report.hpp"
#include "exchange/skos.hpp"
#include "koinon/catalogue.hpp"
#include "koinon/error.hpp"
#include "text/bundled_thesaurus.hpp"
#include "text/language.hpp"
#include "text/thesaurus_builder.hpp"
#include "text/thesaurus_format.hpp"

namespace koinon::engine {

namespace {

namespace fs = std::filesystem;

// To be raised when the same files give another table, or another report.
constexpr std::uint64_t rules = 1;

constexpr const char* kept_prefix = "thesaurus-";

std::uint64_t checksum_of(const std::string& path) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (status.type() == fs::file_type::not_found)
    throw Error(ErrorCode::NotFound, path + ": no such file");
  // A pipe would be empty when it is read again, and might block for ever.
  if (!error && !fs::is_regular_file(status))
    throw Error(ErrorCode::InvalidInput, path + ": is not a file");
  std::ifstream file(path, std::ios::binary);
  const std::unique_ptr<XXH3_state_t, decltype(&XXH3_freeState)> state(XXH3_createState(),
                                                                       XXH3_freeState);
  if (!state) throw Error(ErrorCode::OutOfMemory, path + ": no memory for its checksum");
  XXH3_64bits_reset(state.get());
  std::vector<char> buffer(std::size_t{1} << 20);
  while (file) {
    file.read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
    XXH3_64bits_update(state.get(), buffer.data(), static_cast<std::size_t>(file.gcount()));
  }
  if (!file.eof())
    throw Error(ErrorCode::InputOutput, path + ": cannot be read: " + std::strerror(errno));
  return XXH3_64bits_digest(state.get());
}

// Of everything that the table depends on.
std::uint64_t version_of(const HostThesaurus::Sources& sources) {
  std::string all = std::string(koinon::version()) + '\n' + sources.language + '\n';
  const auto add = [&](std::uint64_t number) { all += std::to_string(number) + ' '; };
  add(rules);
  add(text::thesaurus_format::version);
  for (const text::Language* language : text::languages()) add(language->fingerprint());
  if (sources.bundled) {
    add(text::bundled_thesaurus().size());
    add(text::bundled_thesaurus().bytes());
  }
  for (const std::string& path : sources.files) {
    add(checksum_of(path));
    all += path + '\n';
  }
  return XXH3_64bits(all.data(), all.size()) | 1U;
}

std::string file_in(const std::string& folder, std::uint64_t version) {
  char name[32];
  std::snprintf(name, sizeof name, "%s%016llx", kept_prefix,
                static_cast<unsigned long long>(version));
  return folder + '/' + name;
}

// A file without a word to look for is a mistake that nobody would notice.
void check_read(const std::string& path, const exchange::SkosReport& read) {
  if (read.concepts == 0) {
    throw Error(ErrorCode::InvalidInput,
                path + (read.left_out > 0 ? ": all concepts of SKOS in it are deprecated"
                                          : ": there is no concept of SKOS in it"));
  }
  if (read.labels > 0) return;
  std::string message = path + ": none of its concepts has a label that can be used";
  if (!read.problems.empty()) {
    message += "; line " + std::to_string(read.problems.front().line) + ": " +
               read.problems.front().reason;
  }
  throw Error(ErrorCode::InvalidInput, message);
}

// The table comes last: its size is what is left.
void write(const std::string& file, std::uint64_t version, const std::string& report,
           const std::vector<char>& table) {
  index::Output out(file, version);
  out.append_number(std::uint64_t{report.size()});
  out.append(report.data(), report.size());
  out.append(table.data(), table.size());
  out.finish();
}

}  // namespace

HostThesaurus::HostThesaurus(const Sources& sources, const std::string& folder)
    : version_(version_of(sources)) {
  if (!folder.empty() && open_kept(file_in(folder, version_))) return;
  compile(sources);
  // Until keep() is called.
  report_.not_kept = folder.empty() ? "a catalogue in memory keeps nothing"
                                    : "the catalogue was opened to be read only";
}

bool HostThesaurus::open_kept(const std::string& file) {
  std::error_code none;
  if (!fs::exists(file, none)) return false;
  try {
    index::Input input(file, version_);
    const auto* all = reinterpret_cast<const char*>(input.range(0, input.size()));
    std::string_view rest(all, static_cast<std::size_t>(input.size()));
    const auto size = input.number<std::uint64_t>(0);
    rest.remove_prefix(sizeof size);
    if (size > rest.size()) return false;
    ThesaurusReport report = unpacked(rest.substr(0, static_cast<std::size_t>(size)));
    rest.remove_prefix(static_cast<std::size_t>(size));
    const text::Thesaurus table(rest);
    file_ = std::move(input);
    table_ = table;
    report_ = std::move(report);
    report_.kept = true;
    return true;
  } catch (const Error&) {
    return false;  // damaged, or of another version: it is made again
  }
}

void HostThesaurus::compile(const Sources& sources) {
  const auto start = std::chrono::steady_clock::now();
  text::ThesaurusBuilder builder;
  exchange::SkosOptions options;
  options.language = sources.language;
  for (const std::string& path : sources.files) {
    const auto source = exchange::open_file(path);
    const exchange::SkosReport read = exchange::read_skos(*source, path, builder, options);
    check_read(path, read);
    add_file(path, read, report_);
  }
  // The host's labels and URIs go before the bundled ones.
  if (sources.bundled) builder.add(text::bundled_thesaurus());
  bytes_ = builder.build();
  table_ = text::Thesaurus({bytes_.data(), bytes_.size()});
  add_issues(builder.report(), report_);
  report_.bundled = sources.bundled;
  report_.concepts = table_.size();
  report_.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

void HostThesaurus::keep(const std::string& folder) {
  if (report_.kept) return;
  const std::string file = file_in(folder, version_);
  const std::string part = file + '.' + std::to_string(::getpid());
  std::error_code error;
  try {
    fs::create_directories(folder, error);
    write(part, version_, packed(report_), bytes_);
    fs::rename(part, file);
  } catch (const std::exception& why) {
    fs::remove(part, error);
    report_.not_kept = why.what();
    return;
  }
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    const std::string name = entry.path().filename().string();
    if (name.rfind(kept_prefix, 0) == 0 && entry.path() != fs::path(file))
      fs::remove(entry.path(), error);
  }
  if (open_kept(file)) {
    bytes_ = {};
  } else {
    report_.not_kept = file + " cannot be read as it was written";
  }
}

}  // namespace koinon::engine
