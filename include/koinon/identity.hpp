// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "koinon/records.hpp"

namespace koinon {

/// How Catalogue::match() looks for organisations that are one.
struct MatchRequest {
  /// The rule takes two for the same from this probability on, 0 to 1.
  double threshold = 0.9;
  /// And two groups for one if the mean over all pairs compared between them is at least this.
  double support = 0.5;
  /// So many pairs that the rule is unsure of are put before people, those first of which most
  /// hangs on the answer.
  std::size_t review = 1000;
  bool dry_run = false;  // tells what it would write, and writes nothing
};

/// One step of a chain: two organisations that a decision makes one.
struct IdentityLink {
  std::string from;
  std::string to;
  bool by_person = false;  // else by a rule
};

/// Two organisations that may not be one, and the chain by which they would be.
struct IdentityConflict {
  std::string left;
  std::string right;
  bool by_person = false;  // a person keeps them apart; else different identifiers of one scheme do
  bool stands = false;     // people's own decisions make them one all the same
  std::vector<IdentityLink> chain;  // from left to right
};

/// An entry of the log of decisions.
struct DecisionEntry {
  std::string id;
  MatchDecision decision;
  bool holds = false;  // not taken back
};

/// What a run of the rule came to.
struct MatchReport {
  std::uint64_t organisations = 0;  // present, looked at
  std::uint64_t pairs = 0;          // compared
  std::uint64_t same = 0;           // that the rule takes for one: the links of its groups
  std::uint64_t unsure = 0;         // that it asks people about
  std::uint64_t added = 0;          // of both, new
  std::uint64_t dropped = 0;        // earlier ones of the rule that it would not take today
  std::uint64_t change = 0;         // the latest journal entry of it; 0 where nothing changed
  std::vector<IdentityConflict> conflicts;
  std::vector<DecisionEntry> proposed;  // of a dry run: what it would add, by id
  double seconds = 0;
};

/// What a person says of two organisations.
struct Decision {
  std::string left;     // id of an organisation
  std::string right;    // of another
  std::string verdict;  // "same", "different", "unsure"
  std::string reason;   // for people
};

/// Who has one value of a scheme.
struct CrosswalkValue {
  std::string value;
  std::vector<std::string> organisations;  // ids, rising
};

/// What an organisation is called in one scheme.
struct CrosswalkEntry {
  std::string scheme;                  // "pic", "ror", "lei"; "vat:AT", "national-register:FR"
  std::vector<CrosswalkValue> values;  // by value
  bool conflict = false;  // one body has one value of it, and members have none in common
};

/// An organisation as merged, and what it was made of.
struct OrganisationIdentity {
  std::uint64_t change = 0;
  std::string id;                    // the smallest id of its members; networks and partners use it
  std::vector<std::string> members;  // ids of the records that are one, rising
  /// Their records taken together: what the first tells, and what the others tell more.
  Organisation merged;
  std::vector<CrosswalkEntry> crosswalk;  // by scheme
  std::vector<DecisionEntry> decisions;   // about any member, by id, those taken back too
  std::vector<IdentityConflict> conflicts;
};

/// A pair that a person should look at.
struct ReviewItem {
  std::string decision;  // id of the rule's decision that asks
  std::string left;
  std::string right;
  std::string left_name;
  std::string right_name;
  double probability = 0;
  double stake = 0;    // participations of the lesser of the two, and 1
  double value = 0;    // stake times the entropy of the probability, in bits
  std::string reason;  // the rule's grounds
};

struct ReviewQueue {
  std::uint64_t change = 0;
  std::uint64_t total = 0;
  std::vector<ReviewItem> items;  // by falling value, then ids
};

}  // namespace koinon
