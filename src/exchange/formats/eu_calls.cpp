// SPDX-License-Identifier: Apache-2.0
//
// Calls for proposals of the EU's Funding & Tenders portal, a topic an object. Texts are kept as
// told, also where the source reads them in a wrong encoding ("â€™" for an apostrophe).
#include <array>
#include <string>
#include <utility>

#include "exchange/derived_id.hpp"
#include "exchange/draft_tools.hpp"
#include "exchange/formats/formats.hpp"
#include "exchange/numbers.hpp"
#include "exchange/object_rows.hpp"

namespace koinon::exchange {

namespace {

constexpr const char* default_portal = "eu-calls";
constexpr const char* language = "en";

std::string status_of(std::string_view written) {
  if (written == "forthcoming") return "upcoming";
  return written == "open" || written == "closed" ? std::string(written) : std::string();
}

// Whole euro, as a JSON number.
Money euro_of(const Json& object, const char* key) {
  const std::string amount = text_of(object, key);
  return amount.empty() ? Money() : read_money(amount, DecimalSign::Point, "EUR");
}

class Objects final : public ObjectRows {
 public:
  Objects(ByteSource& source, const ReaderOptions& options)
      : ObjectRows(source, options, default_portal) {}

 protected:
  void read(const Json& object, Row& row) override {
    const std::string topic = needed(object, "topicId", row);
    if (!row.violations.empty()) return;
    Call call;
    call.codes.push_back({"EC topic", topic});
    const std::string identifier(trim(text_of(object, "callIdentifier")));
    if (!identifier.empty()) call.codes.push_back({"EC call", identifier});
    add_text(call.titles, language, text_of(object, "title"));
    call.programme = trim(text_of(object, "programme"));
    read_description(object, call);
    // `stage` is "two-stage" in every object, whatever the deadline model says, and is not read.
    call.model = models_.named(trim(text_of(object, "deadlineModel")));
    call.status = status_of(text_of(object, "callStatus"));
    if (const auto deadline = iso_date(text_of(object, "deadline"), "deadlines[0]", row))
      call.deadlines.push_back(deadline);
    call.grant_min = euro_of(object, "budgetMin");
    call.grant_max = euro_of(object, "budgetMax");
    read_conditions(object, call);
    read_tags(object, call, topic, identifier);
    add_link(call.links, call.tags, "eu-calls:url", text_of(object, "portalUrl"));
    call.sources.push_back(
        {portal(), text_of(object, "reference"), {}, {}, content_hash(row.bytes), {}});
    row.drafts.push_back({derived_id(RecordKind::Call, {portal(), topic}),
                          Record(std::move(call)),
                          Merge::Replace,
                          false,
                          {}});
  }

 private:
  static void read_description(const Json& object, Call& call) {
    std::string text(trim(text_of(object, "description")));
    const std::string objectives(trim(text_of(object, "objectives")));
    if (!text.empty() && !objectives.empty()) text += "\n\n";
    add_text(call.description, language, text + objectives);
  }

  // Rules in words, that nobody has put into parameters yet: kept, shown, and not checked.
  static void read_conditions(const Json& object, Call& call) {
    std::string conditions(trim(text_of(object, "topicConditions")));
    if (!conditions.empty()) call.rules.push_back({"as-written", {}, std::move(conditions)});
  }

  static void read_tags(const Json& object, Call& call, const std::string& topic,
                        const std::string& identifier) {
    static constexpr std::array<std::pair<const char*, const char*>, 6> tags = {{
        {"eu-calls:call", "callTitle"},
        {"eu-calls:cluster", "cluster"},
        {"eu-calls:action", "actionType"},
        {"eu-calls:type-of-action", "typesOfAction"},
        {"eu-calls:priority", "crossCuttingPriorities"},
        {"eu-calls:expected-grants", "expectedGrants"},
    }};
    for (const auto& [scheme, key] : tags) add_tag(call.tags, scheme, text_of(object, key));
    // The keywords begin with the codes of topic and call.
    const std::string keywords = text_of(object, "keywords");
    std::string_view rest = keywords;
    while (!rest.empty()) {
      const std::size_t end = rest.find(", ");
      const std::string_view keyword = trim(rest.substr(0, end));
      if (keyword != topic && keyword != identifier)
        add_tag(call.tags, "eu-calls:keyword", keyword);
      rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 2);
    }
  }

  CodeFinder models_{"call-models"};
};

bool recognises(std::string_view head) {
  return has_keys(head, {"topicId", "callIdentifier", "deadlineModel"});
}

}  // namespace

const Format& eu_calls_format() {
  static const Format format = {"eu-calls", "Calls for proposals of the EU (JSON objects)",
                                default_portal, recognises, open_reader<Objects>};
  return format;
}

}  // namespace koinon::exchange
