// SPDX-License-Identifier: Apache-2.0
//
// Codes in requests: held to the vocabularies and to what the catalogue has, so that a slip is told
// and not answered with nothing.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "engine/graph_view.hpp"
#include "engine/tools.hpp"
#include "koinon/communities.hpp"
#include "koinon/consortium.hpp"
#include "koinon/error.hpp"
#include "koinon/evidence.hpp"
#include "koinon/lineage.hpp"
#include "koinon/network.hpp"
#include "koinon/peers.hpp"
#include "koinon/recommend.hpp"
#include "koinon/values.hpp"
#include "store/store.hpp"

namespace koinon::engine {

/// A theme that is no code of the vocabulary, as this catalogue writes it: one that a record has, a
/// record of a concept, a concept of its thesaurus; "" for one that it does not know.
using KnownTheme = std::function<std::string(const std::string&)>;

/// A capability as an organisation's record states it; "" for one that none does.
using KnownCapability = std::function<std::string(const std::string&)>;

/// Gives codes as the vocabularies write them: "Germany", "de" and "DE" are one country, "GR" and
/// "EL" another. What is not known is kept as a violation of its field.
class AskedCodes {
 public:
  /// A code that must be written as the vocabulary has it.
  void hold(const char* vocabulary, const std::string& code, const std::string& path);

  // "" for what is not known, and of countries and kinds for "", which is what is not told.
  std::string country(const std::string& told, const std::string& path);
  std::string kind(const std::string& told, const std::string& path);
  std::string theme(const std::string& told, const std::string& path, const KnownTheme& known);

  // The same of lists, with each once.
  std::vector<std::string> countries(const std::vector<std::string>& told, const std::string& path);
  std::vector<std::string> kinds(const std::vector<std::string>& told, const std::string& path);
  std::vector<std::string> themes(const std::vector<std::string>& told, const std::string& path,
                                  const KnownTheme& known);
  /// What a record states, or a theme.
  std::vector<std::string> capabilities(const std::vector<std::string>& told,
                                        const std::string& path, const KnownCapability& stated,
                                        const KnownTheme& known);

  /// Of any vocabulary, by code or name.
  std::vector<std::string> codes(const char* vocabulary, const std::vector<std::string>& told,
                                 const std::string& path);

  /// Texts that no vocabulary has: `known` are those that there are, sorted. What is one of them
  /// but for case, accents and punctuation is taken for it.
  std::vector<std::string> programmes(const std::vector<std::string>& told, const std::string& path,
                                      const std::vector<std::string>& known);

  void concepts(const std::vector<std::string>& told, const std::string& path,
                const KnownTheme& known);
  void language(const std::string& tag, const std::string& path);
  void amount(const Money& money, const std::string& path);
  void day(PartialDate date, const std::string& path);

  /// Throws Error(InvalidArgument) with every violation, if there is any.
  void finish();

 private:
  void fault(const std::string& path, const char* code, const std::string& message);

  std::vector<Violation> violations_;
};

/// Sums and products of shares of the amounts that AskedCodes lets pass stay within 64 bits.
inline constexpr std::int64_t greatest_amount = 900'000'000'000'000'000;

/// Whether a record of the catalogue has a theme.
using HasTheme = std::function<bool(const std::string&)>;

/// What they borrow must outlive the answer.
KnownTheme known_theme(HasTheme has, store::Reader& reader, const Tools& tools);
KnownTheme known_theme(const GraphView& view, store::Reader& reader, const Tools& tools);

KnownCapability known_capability(const GraphView& view);

/// Throws Error(NotFound) for an id that no record has and no record names as one that takes part,
/// and Error(InvalidArgument) for one of something else. Who was removed or erased is known.
void check_known(const std::vector<std::string>& organisations, const char* field,
                 const GraphView& view, store::Reader& reader);

/// A request with its codes as the catalogue writes them: countries, kinds, themes, capabilities.
/// Throws Error(InvalidArgument) with a violation for each that there is not. The language of a
/// consortium's text is held to what languages there are.
NetworkRequest with_codes(const NetworkRequest& request, const KnownTheme& known,
                          const GraphView& view);
LineageRequest with_codes(const LineageRequest& request);
ReplicationTimesRequest with_codes(const ReplicationTimesRequest& request, const KnownTheme& known);
RecommendRequest with_codes(const RecommendRequest& request, const KnownTheme& known,
                            const KnownCapability& stated);
RecommendAllRequest with_codes(const RecommendAllRequest& request, const KnownTheme& known,
                               const KnownCapability& stated);
ConsortiumRequest with_codes(const ConsortiumRequest& request, const KnownTheme& known);
MethodsRequest with_codes(const MethodsRequest& request, const KnownTheme& known);
SolvedRequest with_codes(const SolvedRequest& request, const KnownTheme& known);
PeersRequest with_codes(const PeersRequest& request, const KnownTheme& known);

}  // namespace koinon::engine
