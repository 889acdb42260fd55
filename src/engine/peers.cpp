// SPDX-License-Identifier: Apache-2.0
#include "engine/peers.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "engine/linked.hpp"
#include "engine/names.hpp"
#include "programme/membership.hpp"

namespace koinon::engine {

namespace {

using Codes = std::vector<std::string>;

void sort_once(Codes& codes) {
  std::sort(codes.begin(), codes.end());
  codes.erase(std::unique(codes.begin(), codes.end()), codes.end());
}

class Parties {
 public:
  Parties(const PeersRequest& request, store::Reader& reader)
      : day_(programme::day_of(request.as_of)),
        wanted_(request.organisations.begin(), request.organisations.end()),
        reader_(reader) {}

  void take_own(const std::string& id) {
    if (is_wanted(id)) party(id);
  }

  void take_offer(const std::string& id, const Offer& offer) {
    themes_.insert(offer.themes.begin(), offer.themes.end());
    if (!is_wanted(offer.of) || !programme::holds(offer.period, day_)) return;
    programme::PeerParty* of = party(offer.of);
    if (!of) return;
    auto& side = offer.side == "seeks" ? of->seeks : of->offers;
    for (const std::string& theme : offer.themes) side.push_back({theme, id});
    of->languages.insert(of->languages.end(), offer.languages.begin(), offer.languages.end());
  }

  PeerParties told() {
    std::vector<programme::PeerParty> all;
    for (auto& [id, party] : parties_) {
      if (party.offers.empty() && party.seeks.empty()) continue;
      sort_once(party.countries);
      sort_once(party.languages);
      all.push_back(std::move(party));
    }
    return {std::move(all), std::move(themes_)};
  }

 private:
  bool is_wanted(const std::string& id) const { return wanted_.empty() || wanted_.count(id) > 0; }

  // The party of a record, read when it is first met; null where the record is none.
  programme::PeerParty* party(const std::string& id) {
    const auto known = parties_.find(id);
    if (known != parties_.end()) return &known->second;
    const auto record = present_record(reader_, id);
    if (!record) return nullptr;
    programme::PeerParty made;
    made.id = id;
    if (const auto* organisation = std::get_if<Organisation>(&*record)) {
      for (const std::string& theme : organisation->offers) made.offers.push_back({theme, {}});
      for (const std::string& theme : organisation->seeks) made.seeks.push_back({theme, {}});
      made.languages = organisation->languages;
      const std::string country = country_of(*record);
      if (!country.empty()) made.countries = {country};
    } else if (const auto* centre = std::get_if<CompetenceCentre>(&*record)) {
      take_centre(*centre, made);
    } else {
      return nullptr;
    }
    made.name = title_of(*record, reader_);
    return &parties_.emplace(id, std::move(made)).first->second;
  }

  void take_centre(const CompetenceCentre& centre, programme::PeerParty& made) {
    made.countries = centre.countries;
    for (const Service& service : centre.services) {
      if (programme::holds(programme::within(service.period, centre.period), day_))
        made.languages.insert(made.languages.end(), service.languages.begin(),
                              service.languages.end());
    }
  }

  std::optional<std::int32_t> day_;
  std::set<std::string> wanted_;
  store::Reader& reader_;
  std::map<std::string, programme::PeerParty> parties_;
  std::set<std::string> themes_;
};

}  // namespace

PeerParties peer_parties(const PeersRequest& request, const std::vector<std::string>& candidates,
                         store::Reader& reader) {
  for (const std::string& id : request.organisations) {
    const Record record = known_record(reader, id);
    if (!std::holds_alternative<Organisation>(record) &&
        !std::holds_alternative<CompetenceCentre>(record))
      refuse_kind(id, kind_of(record), "an organisation or a centre");
  }
  Parties parties(request, reader);
  for (const std::string& id : candidates) parties.take_own(id);
  each_record<Offer>(
      reader, [&](const std::string& id, const Offer& offer) { parties.take_offer(id, offer); });
  return parties.told();
}

}  // namespace koinon::engine
