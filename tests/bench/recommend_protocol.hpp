// SPDX-License-Identifier: Apache-2.0
//
// The protocol by which recommendation is trained and measured: what was known before a day, and
// what came to be in the time after it.
//
// FILE, made by recommend_data.py: 32-bit numbers: members, works, rows, topics of works in all; of
// all rows the members, works, start days, end days and whether the member leads (1); of all
// members the country and kind codes (0: not told); of all works and one more the offsets of their
// topics; the topics. Days are counted from 1970-01-01.
#pragma once

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "graph/incidence.hpp"
#include "partners/partner_signals.hpp"
#include "partners/past_work.hpp"

namespace koinon::bench {

struct Collaborations {
  std::uint32_t members = 0;
  std::uint32_t works = 0;
  std::vector<graph::Incidence> rows;
  std::vector<std::uint16_t> countries;
  std::vector<std::uint16_t> kinds;
  std::vector<std::uint32_t> topic_offsets;
  std::vector<std::uint32_t> topics;
  graph::Bitmap leading;

  partners::CollaborationData data(const graph::IncidenceGraph& graph) const {
    return {graph, countries, kinds, topic_offsets, topics, {}, {}, &leading};
  }
};

inline Collaborations read_collaborations(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  const std::string bytes(std::istreambuf_iterator<char>(file), {});
  std::vector<std::uint32_t> numbers(bytes.size() / sizeof(std::uint32_t));
  std::copy_n(bytes.data(), numbers.size() * sizeof(std::uint32_t),
              reinterpret_cast<char*>(numbers.data()));
  if (numbers.size() < 4) throw std::runtime_error(path + " holds no collaborations");
  Collaborations all;
  all.members = numbers[0];
  all.works = numbers[1];
  const std::size_t rows = numbers[2];
  const std::size_t topics = numbers[3];
  if (numbers.size() != 4 + 5 * rows + 2 * std::size_t{all.members} + all.works + 1 + topics)
    throw std::runtime_error(path + " is cut short, or holds something else");
  const std::uint32_t* at = numbers.data() + 4;
  for (std::size_t i = 0; i < rows; ++i) {
    all.rows.push_back({at[i], at[rows + i], static_cast<std::uint16_t>(at[4 * rows + i]),
                        static_cast<std::int32_t>(at[2 * rows + i]),
                        static_cast<std::int32_t>(at[3 * rows + i])});
  }
  at += 5 * rows;
  all.countries.assign(at, at + all.members);
  all.kinds.assign(at + all.members, at + 2 * std::size_t{all.members});
  at += 2 * std::size_t{all.members};
  all.topic_offsets.assign(at, at + all.works + 1);
  at += std::size_t{all.works} + 1;
  all.topics.assign(at, at + topics);
  all.leading.set(1);
  return all;
}

/// One question with its answer.
struct Question {
  partners::Asked asked;
  std::vector<std::uint32_t> right;  // by number
  std::vector<std::uint32_t> works;  // that the answer comes from
};

/// The works of 2 to 60 members that begin in [day, until), each with its members and whether they
/// lead.
inline std::map<std::uint32_t, std::map<std::uint32_t, bool>> later_works(const Collaborations& all,
                                                                          std::int32_t day,
                                                                          std::int32_t until) {
  std::map<std::uint32_t, std::map<std::uint32_t, bool>> works;
  for (const graph::Incidence& row : all.rows) {
    if (row.from_day < day || row.from_day >= until) continue;
    bool& leads = works[row.work][row.member];
    leads = leads || row.role == 1;
  }
  std::erase_if(works, [](const auto& work) {
    return work.second.size() < 2 || work.second.size() > partners::PastWork::largest_work;
  });
  return works;
}

/// Of everyone known before the day who then comes to work with known ones for the first time:
/// whom?
inline std::vector<Question> new_partner_questions(const Collaborations& all,
                                                   const partners::PastWork& past, std::int32_t day,
                                                   std::int32_t until) {
  std::map<std::uint32_t, std::map<std::uint32_t, std::set<std::uint32_t>>> met;
  for (const auto& [work, members] : later_works(all, day, until)) {
    for (const auto& [one, leads] : members) {
      if (!past.known(one)) continue;
      for (const auto& [other, leads_too] : members)
        if (one != other && past.known(other)) met[one][other].insert(work);
    }
  }
  std::vector<Question> questions;
  for (const auto& [one, others] : met) {
    std::set<std::uint32_t> before;
    for (const std::uint32_t work : past.works_of(one)) {
      if (!past.makes_ties(work)) continue;
      before.insert(past.members_of(work).begin(), past.members_of(work).end());
    }
    Question question;
    question.asked.members = {one};
    std::set<std::uint32_t> works;
    for (const auto& [other, together] : others) {
      if (before.count(other) > 0) continue;
      question.right.push_back(other);
      works.insert(together.begin(), together.end());
    }
    question.works.assign(works.begin(), works.end());
    if (!question.right.empty()) questions.push_back(std::move(question));
  }
  return questions;
}

/// Of every later work each known member is hidden in turn. Whether the hidden one leads can be
/// seen from the others, of whom then none does. `topics`: those of the work are told.
inline std::vector<Question> hidden_member_questions(const Collaborations& all,
                                                     const partners::PastWork& past,
                                                     std::int32_t day, std::int32_t until,
                                                     bool topics) {
  std::vector<Question> questions;
  for (const auto& [work, members] : later_works(all, day, until)) {
    for (const auto& [hidden, hidden_leads] : members) {
      if (!past.known(hidden)) continue;
      Question question;
      question.asked.gap = true;
      question.asked.lead = true;
      for (const auto& [other, leads] : members) {
        if (other == hidden) continue;
        question.asked.members.push_back(other);
        if (leads) question.asked.lead = false;
      }
      if (topics) {
        question.asked.topics.assign(all.topics.begin() + all.topic_offsets[work],
                                     all.topics.begin() + all.topic_offsets[work + 1]);
      }
      question.right = {hidden};
      question.works = {work};
      questions.push_back(std::move(question));
    }
  }
  return questions;
}

}  // namespace koinon::bench
