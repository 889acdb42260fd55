// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cstdio>

#include "networks.hpp"
#include "told.hpp"

namespace koinon::command {

NetworkHandle network_of(const Context& context, kn_catalogue* catalogue, Work& work) {
  const Codes countries(context, "--country");
  const Codes kinds(context, "--kind");
  const Codes roles(context, "--role");
  const Codes programmes(context, "--programme");
  const Codes themes(context, "--theme");
  const Codes groups(context, "--target-group");
  kn_network_options options;
  kn_network_options_init(&options, sizeof(options));
  options.from = date_in(context, "--since");
  options.until = date_in(context, "--until");
  options.running = context.arguments.has("--running") ? 1 : 0;
  options.undated = context.arguments.has("--dated") ? 0 : 1;
  options.as_told = context.arguments.has("--as-told") ? 1 : 0;
  options.max_members = context.arguments.number("--max-members", 0);
  countries.into(options.countries, options.country_count);
  kinds.into(options.kinds, options.kind_count);
  roles.into(options.roles, options.role_count);
  programmes.into(options.programmes, options.programme_count);
  themes.into(options.themes, options.theme_count);
  groups.into(options.target_groups, options.target_group_count);
  return make<NetworkHandle>([&](kn_network** made, kn_error** error) {
    return kn_network_open(catalogue, &options, work.task(), made, error);
  });
}

kn_network_figures figures_of(const kn_network* network) {
  auto figures = sized<kn_network_figures>();
  call([&](kn_error** error) { return kn_network_describe(network, &figures, error); });
  return figures;
}

std::string shown_number(double value) {
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%.5g", value);
  return text.data();
}

namespace {

std::string title_of(kn_catalogue* catalogue, const std::string& id) {
  const std::string title = record_title(get_record(catalogue, id)["record"], "");
  return title.empty() ? id : title;
}

// Whether any option says which participations to take.
bool narrowed(const Context& context) {
  constexpr std::array options = {"--since",   "--until",        "--running",     "--dated",
                                  "--country", "--kind",         "--role",        "--programme",
                                  "--theme",   "--target-group", "--max-members", "--as-told"};
  return std::any_of(options.begin(), options.end(),
                     [&](const char* option) { return context.arguments.has(option); });
}

// {"organisations":[ids],"works":[ids]} from all participations, which makes no network first.
std::string whole_path(kn_catalogue* catalogue, const std::string& from, const std::string& to,
                       Work& work) {
  const Json path = Json::parse(make_text([&](kn_text** text, kn_error** error) {
    return kn_path(catalogue, from.data(), from.size(), to.data(), to.size(), nullptr, work.task(),
                   text, error);
  }));
  Json ids = {{"change", path["change"]}};
  for (const char* part : {"organisations", "works"}) {
    ids[part] = Json::array();
    for (const Json& each : path[part]) ids[part].push_back(each["id"]);
  }
  return ids.dump();
}

}  // namespace

int run_export_network(const Context& context) {
  const CatalogueHandle catalogue = context.open();
  const std::string& file = context.arguments.word(0);
  const std::string format = context.arguments.value("--format");
  const Codes measures(context, "--measure");
  kn_save_network_options options;
  kn_save_network_options_init(&options, sizeof(options));
  options.two_mode = context.arguments.has("--two-mode") ? 1 : 0;
  options.format = string_of(format);
  measures.into(options.measures, options.measure_count);
  Work work;
  const NetworkHandle network = network_of(context, catalogue.get(), work);
  call([&](kn_error** error) {
    return kn_network_save(network.get(), file.data(), file.size(), &options, work.task(), error);
  });
  const kn_network_figures figures = figures_of(network.get());
  work.clear_bar();
  if (context.json)
    print_json(
        {{"file", file}, {"change", figures.change}, {"organisations", figures.organisations}});
  else
    print(counted(figures.organisations, "organisation") + " in " + plain(file) + "\n");
  return Done;
}

int run_path(const Context& context) {
  const CatalogueHandle catalogue = context.open();
  const std::string& from = context.arguments.word(0);
  const std::string& to = context.arguments.word(1);
  Work work;
  std::string json;
  const bool strongest = context.arguments.has("--strongest");
  if (strongest || narrowed(context)) {
    const NetworkHandle network = network_of(context, catalogue.get(), work);
    json = make_text([&](kn_text** text, kn_error** error) {
      if (strongest) {
        return kn_network_strongest_path(network.get(), from.data(), from.size(), to.data(),
                                         to.size(), work.task(), text, error);
      }
      return kn_network_path(network.get(), from.data(), from.size(), to.data(), to.size(),
                             work.task(), text, error);
    });
  } else {
    json = whole_path(catalogue.get(), from, to, work);
  }
  work.clear_bar();
  if (context.json) {
    print(json + "\n");
    return Done;
  }
  const Json path = Json::parse(json);
  const auto& organisations = path["organisations"];
  if (organisations.empty()) {
    print("There is no way: no chain of partnerships joins them.\n");
    return Done;
  }
  std::string text;
  for (std::size_t i = 0; i < organisations.size(); ++i) {
    const std::string id = organisations[i].get<std::string>();
    if (i > 0) {
      const std::string shared = path["works"][i - 1].get<std::string>();
      text += "  " + shortened(title_of(catalogue.get(), shared), 70) + " " +
              context.style.dim("(" + plain(shared) + ")") + "\n";
    }
    text += context.style.bold(shortened(title_of(catalogue.get(), id), 70)) + " " +
            context.style.dim("(" + plain(id) + ")") + "\n";
  }
  print(text);
  return Done;
}

namespace {

std::string cells_text(const Context& context, const Json& cells) {
  std::string text;
  for (const Json& cell : cells) {
    std::string line = padded(grouped(cell["records"].get<std::uint64_t>()), 10) +
                       padded(shown_number(cell["expected"].get<double>()), 10);
    for (const Json& code : cell["codes"]) line += padded(plain(code.get<std::string>()), 24) + " ";
    text += line + "\n";
  }
  return context.style.dim("records   expected") + "\n" + text;
}

}  // namespace

int run_coverage(const Context& context) {
  const CatalogueHandle catalogue = context.open();
  Work work;
  const NetworkHandle network = network_of(context, catalogue.get(), work);
  std::vector<kn_string> axes;
  for (const std::string& axis : context.arguments.words()) axes.push_back(string_of(axis));
  const std::uint64_t limit = context.arguments.number("--limit", 20);
  const std::string json = make_text([&](kn_text** text, kn_error** error) {
    return kn_network_coverage(network.get(), axes.data(), axes.size(),
                               context.arguments.number("--least", 1), limit, work.task(), text,
                               error);
  });
  work.clear_bar();
  if (context.json) {
    print(json + "\n");
    return Done;
  }
  Json coverage = Json::parse(json);
  std::stable_sort(coverage["cells"].begin(), coverage["cells"].end(),
                   [](const Json& a, const Json& b) {
                     return a["records"].get<std::uint64_t>() > b["records"].get<std::uint64_t>();
                   });
  Json most = Json::array();
  for (const Json& cell : coverage["cells"]) {
    if (most.size() < limit) most.push_back(cell);
  }
  print(context.style.bold("Most covered") + "\n" + cells_text(context, most) + "\n" +
        context.style.bold("Gaps") + "\n" + cells_text(context, coverage["gaps"]));
  return Done;
}

}  // namespace koinon::command
