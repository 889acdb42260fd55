// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <cstdio>

#include "commands.hpp"
#include "labels.hpp"
#include "work.hpp"

namespace koinon::command {

namespace {

std::string roles_text(const kn_string* roles, std::uint64_t count) {
  std::string text;
  for (std::uint64_t i = 0; i < count; ++i) {
    text += (text.empty() ? "" : ", ") + label("participation-roles", text_of(roles[i]), "");
  }
  return text;
}

std::string years(const kn_shared_work& work) {
  const std::string from(text_of(work.from).substr(0, 4));
  const std::string to(text_of(work.to).substr(0, 4));
  if (from.empty() && to.empty()) return {};
  return from == to ? from : from + "–" + to;
}

std::string share_text(double share) {
  if (share < 0) return {};
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), " %.4g %%", share * 100);
  return text.data();
}

std::string work_text(const Context& context, const kn_partner_results* results,
                      std::uint64_t partner, std::uint64_t place) {
  auto work = sized<kn_shared_work>();
  call([&](kn_error** error) {
    return kn_partner_results_work(results, partner, place, &work, error);
  });
  std::string title(text_of(work.title));
  if (title.empty()) title = text_of(work.id);
  const std::string own =
      roles_text(work.own_roles, work.own_role_count) + share_text(work.own_share);
  const std::string other =
      roles_text(work.partner_roles, work.partner_role_count) + share_text(work.partner_share);
  return "    " + padded(years(work), 9) + " " + shortened(title, 70) + "\n" +
         std::string(14, ' ') +
         context.style.dim(plain(text_of(work.id)) + " · " + plain(own) + " / " + plain(other)) +
         "\n";
}

std::string partner_text(const Context& context, const kn_partner_results* results,
                         std::uint64_t place, std::uint64_t rank) {
  auto partner = sized<kn_partner>();
  call([&](kn_error** error) {
    return kn_partner_results_partner(results, place, &partner, error);
  });
  std::string name = plain(text_of(partner.name));
  if (name.empty()) name = text_of(partner.id);
  std::array<char, 64> strength{};
  std::snprintf(strength.data(), strength.size(), "%.2f", partner.strength);
  std::string text =
      "\n" + padded(std::to_string(rank) + ".", 4) + context.style.bold(name) + "\n    ";
  const std::string country(text_of(partner.country));
  text += context.style.dim(
              (country.empty() ? "" : plain(country) + " · ") + plain(text_of(partner.id)) + " · " +
              counted(partner.shared, "shared record") + " · strength " + strength.data()) +
          "\n";
  for (std::uint64_t i = 0; i < partner.work_count; ++i)
    text += work_text(context, results, place, i);
  if (partner.work_count < partner.shared && partner.work_count > 0) {
    text += context.style.dim("    and " + grouped(partner.shared - partner.work_count) + " more") +
            "\n";
  }
  return text;
}

void show_partners(const Context& context, kn_catalogue* catalogue,
                   const kn_partner_results* results, std::uint64_t offset) {
  auto summary = sized<kn_partner_summary>();
  call([&](kn_error** error) { return kn_partner_results_summarise(results, &summary, error); });
  const std::string& id = context.arguments.word(0);
  const std::string title = record_title(get_record(catalogue, id)["record"], "");
  std::string text = context.style.bold(plain(title.empty() ? id : title)) + "\n" +
                     "takes part in " + counted(summary.works, "record") + ", has " +
                     counted(summary.total, "partner") + "; over partners of partners " +
                     counted(summary.component, "organisation") +
                     (summary.component == 1 ? " is" : " are") + " connected\n";
  for (std::uint64_t i = 0; i < summary.partner_count; ++i) {
    text += partner_text(context, results, i, offset + i + 1);
  }
  if (offset + summary.partner_count < summary.total && summary.partner_count > 0) {
    text += context.style.dim("\nmore with --offset " +
                              std::to_string(offset + summary.partner_count)) +
            "\n";
  }
  print(text);
}

}  // namespace

int run_partners(const Context& context) {
  kn_partner_options options;
  kn_partner_options_init(&options, sizeof(options));
  options.limit = context.arguments.number("--limit", options.limit);
  options.offset = context.arguments.number("--offset", 0);
  options.as_told = context.arguments.has("--as-told") ? 1 : 0;
  options.works = context.arguments.number("--works", options.works);
  const std::string& id = context.arguments.word(0);
  const CatalogueHandle catalogue = context.open();
  Work work;
  const auto results = make<PartnersHandle>([&](kn_partner_results** made, kn_error** error) {
    return kn_partners(catalogue.get(), id.data(), id.size(), &options, work.task(), made, error);
  });
  work.clear_bar();
  if (context.json) {
    print(make_text([&](kn_text** json, kn_error** error) {
            return kn_partner_results_json(results.get(), json, error);
          }) +
          "\n");
  } else {
    show_partners(context, catalogue.get(), results.get(), options.offset);
  }
  return Done;
}

int run_graph(const Context& context) {
  const CatalogueHandle catalogue = context.open();
  Work work;
  auto graph = sized<kn_graph_figures>();
  call([&](kn_error** error) {
    return kn_graph_summary(catalogue.get(), work.task(), &graph, error);
  });
  work.clear_bar();
  if (context.json) {
    print_json({{"change", graph.change},
                {"organisations", graph.organisations},
                {"works", graph.works},
                {"participations", graph.participations},
                {"components", graph.components},
                {"largest_component", graph.largest_component}});
    return Done;
  }
  print(counted(graph.organisations, "organisation") + " take part in " +
        counted(graph.works, "record") + ", " + counted(graph.participations, "participation") +
        " in all\n" + counted(graph.components, "group") +
        " without a partner in common; the largest has " +
        counted(graph.largest_component, "organisation") + "\n");
  return Done;
}

}  // namespace koinon::command
