// SPDX-License-Identifier: Apache-2.0
#include "exchange/rdf_reader.hpp"

#include <raptor2.h>

#include <algorithm>
#include <exception>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "exchange/xml_guard.hpp"
#include "koinon/error.hpp"

namespace koinon::exchange {

namespace {

// A value of a few entities may be written often in so many bytes, and each may be 512 long.
constexpr std::size_t longest_run = std::size_t{4} << 20;
constexpr std::size_t longest_run_with_entities = std::size_t{64} << 10;
constexpr std::size_t piece_bytes = std::size_t{16} << 10;

// One world for the process, kept: ending one also cleans up libxml2 and libxslt, which a host may
// be using. A world is not for two threads at once.
struct World {
  std::mutex mutex;
  raptor_world* world = nullptr;
};

World& the_world() {
  static World& world = *new World;
  return world;
}

struct Reading {
  Reading(const std::string& told_name, const RdfHandler& told_handler)
      : name(told_name), handler(told_handler) {}

  const std::string& name;
  const RdfHandler& handler;
  raptor_parser* parser = nullptr;
  std::uint64_t line = 1;  // of the piece that is being read
  std::uint64_t statements = 0;
  bool fatal_only = true;  // the format cannot go on after an error
  std::uint64_t error_line = 0;
  std::string error;
  std::exception_ptr thrown;  // by a handler; it must not fly through C

  std::uint64_t place(const raptor_locator* locator) const {
    const int told = locator == nullptr ? -1 : locator->line;
    return told > 0 ? static_cast<std::uint64_t>(told) : line;
  }
};

std::string_view bytes_of(const unsigned char* bytes, std::size_t size) {
  return {reinterpret_cast<const char*>(bytes), size};
}

std::string_view name_of(const raptor_term* term, std::string& blank) {
  if (term->type == RAPTOR_TERM_TYPE_URI) {
    std::size_t size = 0;
    const unsigned char* bytes = raptor_uri_as_counted_string(term->value.uri, &size);
    return bytes_of(bytes, size);
  }
  if (term->type == RAPTOR_TERM_TYPE_BLANK) {
    blank = "_:";
    blank += bytes_of(term->value.blank.string, term->value.blank.string_len);
    return blank;
  }
  return {};
}

void on_statement(void* data, raptor_statement* told) {
  auto& reading = *static_cast<Reading*>(data);
  ++reading.statements;
  if (reading.thrown) return;
  std::string subject;
  std::string object;
  RdfStatement statement;
  statement.subject = name_of(told->subject, subject);
  std::string unused;
  statement.predicate = name_of(told->predicate, unused);
  if (told->object->type == RAPTOR_TERM_TYPE_LITERAL) {
    const auto& literal = told->object->value.literal;
    statement.literal = true;
    statement.object = bytes_of(literal.string, literal.string_len);
    if (literal.language != nullptr)
      statement.language = bytes_of(literal.language, literal.language_len);
  } else {
    statement.object = name_of(told->object, object);
  }
  statement.line = reading.place(raptor_parser_get_locator(reading.parser));
  try {
    reading.handler.statement(statement);
  } catch (...) {
    reading.thrown = std::current_exception();
    raptor_parser_parse_abort(reading.parser);
  }
}

void on_message(void* data, raptor_log_message* told) {
  auto& reading = *static_cast<Reading*>(data);
  const std::uint64_t line = reading.place(told->locator);
  std::string text = told->text == nullptr ? "unreadable" : told->text;
  if (text == "memory exhausted") text = "it is nested too deeply";
  if (told->level >= RAPTOR_LOG_LEVEL_ERROR && reading.fatal_only) {
    if (reading.error.empty()) {
      reading.error = std::move(text);
      reading.error_line = line;
    }
    return;
  }
  if (reading.thrown || told->level < RAPTOR_LOG_LEVEL_WARN) return;
  try {
    reading.handler.problem(line, text);
  } catch (...) {
    reading.thrown = std::current_exception();
  }
}

// No message may find its way to a Reading that is gone.
void ignore_message(void*, raptor_log_message*) {}

raptor_world* opened(World& held) {
  if (held.world == nullptr) {
    raptor_world* world = raptor_new_world();
    if (world == nullptr) throw Error(ErrorCode::OutOfMemory, "no memory for a reader of RDF");
    raptor_world_set_flag(world, RAPTOR_WORLD_FLAG_WWW_SKIP_INIT_FINISH, 1);
    raptor_world_set_log_handler(world, nullptr, ignore_message);
    if (raptor_world_open(world) != 0) {
      raptor_free_world(world);
      throw Error(ErrorCode::OutOfMemory, "no memory for a reader of RDF");
    }
    held.world = world;
  }
  return held.world;
}

[[noreturn]] void refuse(const std::string& name, std::uint64_t line, const std::string& reason) {
  throw Error(ErrorCode::InvalidInput, name + ": line " + std::to_string(line) + ": " + reason);
}

// Feeds the parser piece by piece, so that lines can be told and limits held.
void feed(ByteSource& source, Reading& reading, bool xml, std::size_t run_limit) {
  XmlGuard guard(source.head().size());
  std::vector<char> buffer(piece_bytes);
  std::uint64_t seen = 0;
  std::size_t run = 0;
  int failed = 0;
  while (failed == 0) {
    const std::size_t size = source.read(buffer.data(), buffer.size());
    const std::string_view piece(buffer.data(), size);
    const std::string wrong = xml ? guard.look_at(piece) : std::string();
    if (!wrong.empty()) refuse(reading.name, reading.line, wrong);
    failed = raptor_parser_parse_chunk(reading.parser,
                                       reinterpret_cast<const unsigned char*>(buffer.data()), size,
                                       size == 0 ? 1 : 0);
    if (reading.thrown) std::rethrow_exception(reading.thrown);
    if (!reading.error.empty()) refuse(reading.name, reading.error_line, reading.error);
    if (size == 0) break;
    reading.line += static_cast<std::uint64_t>(std::count(piece.begin(), piece.end(), '\n'));
    run = reading.statements == seen ? run + size : 0;
    seen = reading.statements;
    if (run > run_limit) refuse(reading.name, reading.line, "a value is too long");
  }
  if (failed != 0) refuse(reading.name, reading.line, "it cannot be read on");
}

}  // namespace

void read_rdf(ByteSource& source, const std::string& name, const std::string& format,
              const RdfHandler& handler) {
  const bool xml = format == "rdfxml";
  std::size_t run_limit = longest_run;
  if (xml) {
    const std::string wrong = XmlGuard::look_at_head(source.head());
    if (!wrong.empty()) refuse(name, 1, wrong);
    if (source.head().find("<!ENTITY") != std::string_view::npos)
      run_limit = longest_run_with_entities;
  }
  World& held = the_world();
  const std::lock_guard lock(held.mutex);
  raptor_world* world = opened(held);
  const std::unique_ptr<raptor_parser, decltype(&raptor_free_parser)> parser(
      raptor_new_parser(world, format.c_str()), raptor_free_parser);
  if (!parser) throw Error(ErrorCode::UnknownFormat, name + ": " + format + " cannot be read");
  Reading reading(name, handler);
  reading.parser = parser.get();
  reading.fatal_only = format != "ntriples";
  raptor_parser_set_option(parser.get(), RAPTOR_OPTION_NO_NET, nullptr, 1);
  raptor_parser_set_option(parser.get(), RAPTOR_OPTION_NO_FILE, nullptr, 1);
  raptor_parser_set_option(parser.get(), RAPTOR_OPTION_LOAD_EXTERNAL_ENTITIES, nullptr, 0);
  raptor_parser_set_statement_handler(parser.get(), &reading, on_statement);
  raptor_world_set_log_handler(world, &reading, on_message);
  struct Quiet {
    raptor_world* world;
    ~Quiet() { raptor_world_set_log_handler(world, nullptr, ignore_message); }
  };
  const Quiet quiet{world};
  const std::unique_ptr<raptor_uri, decltype(&raptor_free_uri)> base(
      raptor_new_uri(world, reinterpret_cast<const unsigned char*>("urn:koinon:relative:")),
      raptor_free_uri);
  if (!base || raptor_parser_parse_start(parser.get(), base.get()) != 0)
    throw Error(ErrorCode::OutOfMemory, "no memory for a reader of RDF");
  feed(source, reading, xml, run_limit);
}

}  // namespace koinon::exchange
