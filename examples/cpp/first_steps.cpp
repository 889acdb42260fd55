// First steps in C++: a catalogue in memory, one organisation, one case, one question.
#include <iostream>

#include <koinon/koinon.hpp>

int main() {
  try {
    auto catalogue = koinon::Catalogue::open(":memory:");

    koinon::Organisation house;
    house.names = {{"fi", "Naapuritalo"}, {"en", "House of Neighbours"}};
    const auto owner = catalogue.put({"", house, {}});

    koinon::Initiative initiative;
    initiative.names = {{"en", "Repair evenings"}};
    const auto thing = catalogue.put({"repair-evenings", initiative, {}});

    koinon::CaseStudy study;
    study.initiative = thing.id;
    study.state = "published";
    study.title = {{"en", "Repair evenings"}, {"de", "Reparaturabende"}};
    study.solution = {{"en", "Neighbours mend bicycles and radios together, and nobody is lonely."}};
    study.participations = {{owner.id, "coordinator", {}, {}, {}}};
    catalogue.put({"case-repair", study, {}});

    koinon::SearchRequest question;
    question.text = "lonely neighbours";
    question.language = "en";
    for (const auto& hit : catalogue.search(question).hits) {
      std::cout << hit.id << ": " << hit.title << "\n  " << hit.snippet.text << '\n';
    }
    std::cout << koinon::to_json(catalogue.get("case-repair").record) << '\n';
    return 0;
  } catch (const koinon::Error& error) {
    std::cerr << error.what() << '\n';
    for (const auto& rule : error.violations()) std::cerr << "  " << rule.path << ": " << rule.message << '\n';
    return 1;
  }
}
