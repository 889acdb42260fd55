// SPDX-License-Identifier: Apache-2.0
//
// Writing one record.
#include "commands.hpp"
#include "request.hpp"

namespace koinon::command {

namespace {

std::int32_t kind_named(const std::string& name) {
  std::vector<std::string> names;
  for (std::int32_t kind = 0; const char* known = kn_kind_name(kind); ++kind) {
    if (name == known) return kind;
    names.emplace_back(known);
  }
  throw UsageError("there is no kind " + name + suggestion(name, names));
}

// What to write, and in whose place.
struct Told {
  std::string kind;
  std::string id;
  std::uint64_t version = KN_ANY_VERSION;
  std::string record;
};

// A record alone, or as `show --json` tells it, with its kind, id and version.
Told read_told(const Arguments& given) {
  Told told;
  told.record = read_input(given.words().empty() ? "-" : given.word(0));
  Json tree;
  // Where it is no object the library says what is wrong with it.
  if (parse_object(told.record, tree) && tree.contains("record") && tree["record"].is_object()) {
    const auto text = [&](const char* name) {
      return tree.contains(name) && tree[name].is_string() ? tree[name].get<std::string>()
                                                           : std::string();
    };
    told.kind = text("kind");
    told.id = text("id");
    if (tree.contains("version") && tree["version"].is_number_unsigned())
      told.version = tree["version"].get<std::uint64_t>();
    told.record = tree["record"].dump();
  }
  if (given.has("--kind")) told.kind = given.value("--kind");
  if (given.has("--id")) told.id = given.value("--id");
  told.version = given.number("--version", told.version);
  if (told.kind.empty()) throw UsageError("say what it is: --kind KIND, such as organisation");
  return told;
}

}  // namespace

int run_put(const Context& context) {
  const std::string by = context.arguments.value("--by");
  const Told told = read_told(context.arguments);
  const std::int32_t kind = kind_named(told.kind);
  kn_write_options options;
  kn_write_options_init(&options, sizeof(options));
  options.by = string_of(by);
  options.expected_version = told.version;
  const CatalogueHandle catalogue = context.open(Use::Write);
  auto written = sized<kn_written>();
  call([&](kn_error** error) {
    return kn_put_json(catalogue.get(), kind, told.id.data(), told.id.size(), told.record.data(),
                       told.record.size(), &options, &written, error);
  });
  if (context.json) {
    print_json({{"id", written.id}, {"version", written.version}, {"change", written.change}});
  } else {
    print(std::string(written.id) + "  v" + std::to_string(written.version) +
          (written.change == 0 ? "  unchanged" : "") + "\n");
  }
  return Done;
}

}  // namespace koinon::command
