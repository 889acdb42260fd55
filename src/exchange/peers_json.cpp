// SPDX-License-Identifier: Apache-2.0
#include "exchange/answer_json.hpp"
#include "koinon/peers.hpp"

namespace koinon {

using namespace exchange;

std::string to_json(const PeersAnswer& answer) {
  const auto peer = [](const Peer& each) -> Ordered {
    return {{"id", each.id},
            {"name", each.name},
            {"countries", each.countries},
            {"languages", each.languages},
            {"gives", each.gives},
            {"takes", each.takes},
            {"could_take", each.could_take}};
  };
  const auto pair = [&](const PeerPair& each) -> Ordered {
    return {{"giver", answer.peers[each.giver].id},
            {"giver_name", answer.peers[each.giver].name},
            {"taker", answer.peers[each.taker].id},
            {"taker_name", answer.peers[each.taker].name},
            {"weight", each.weight},
            {"themes", each.themes},
            {"back", each.back},
            {"languages", each.languages},
            {"offers", each.offers}};
  };
  const auto unpaired = [&](const Unpaired& each) -> Ordered {
    return {{"id", answer.peers[each.peer].id},
            {"name", answer.peers[each.peer].name},
            {"why", each.why}};
  };
  return dumped({{"change", answer.change},
                 {"possible", answer.possible},
                 {"weight", answer.weight},
                 {"least_taken", answer.least_taken},
                 {"pairs", list_json(answer.pairs, pair)},
                 {"unpaired", list_json(answer.unpaired, unpaired)},
                 {"peers", list_json(answer.peers, peer)}});
}

}  // namespace koinon
