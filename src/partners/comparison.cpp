// SPDX-License-Identifier: Apache-2.0
#include "partners/comparison.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "partners/string_similarity.hpp"

namespace koinon::partners {

namespace {

constexpr std::size_t most_names = 8;
// Shorter words are told apart by a letter; words that are less alike are others.
constexpr std::size_t least_letters = 5;
constexpr double least_alike = 0.92;
constexpr float by_letters = 0.9F;  // how alike letters are to the words that they stand for
constexpr std::size_t least_acronym = 2, most_acronym = 7;
constexpr double least_telling = 5;
constexpr double full_weight = 20, full_acronym = 10;

// What the parts of a name are worth when the best pair of them is sought.
constexpr double worth[standings] = {0.02, 0.12, 0.5, 0.6, 0.9, 1.0};

double worth_of(const PopulationPart& part) {
  return worth[static_cast<std::size_t>(part.standing)];
}

// A count, 400 and more being 1.
double level(std::uint32_t count) {
  return std::min(1.0, std::log1p(double(count)) / 6);
}

void agree(Comparison& result, Feature same, Feature differs, const std::string& left,
           const std::string& right) {
  if (left.empty() || right.empty()) return;
  result[left == right ? same : differs] = 1;
}

void compare_identifiers(const PopulationMember& left, const PopulationMember& right,
                         Comparison& result) {
  for (const KnownIdentifier& one : left.identifiers) {
    bool scheme = false, value = false;
    for (const KnownIdentifier& mine : left.identifiers) {
      if (mine.scheme != one.scheme) continue;
      for (const KnownIdentifier& other : right.identifiers) {
        scheme = scheme || other.scheme == one.scheme;
        value = value || (other.scheme == one.scheme && other.value == mine.value);
      }
    }
    if (value) result[Feature::IdentifierSame] = 1;
    if (scheme && !value && one.exclusive) result[Feature::IdentifierDiffers] = 1;
  }
}

void compare_forms(const PopulationMember& left, const PopulationMember& right,
                   Comparison& result) {
  if (left.forms.empty() || right.forms.empty()) return;
  const bool common = std::any_of(left.forms.begin(), left.forms.end(), [&](const auto& form) {
    return std::binary_search(right.forms.begin(), right.forms.end(), form);
  });
  result[common ? Feature::FormSame : Feature::FormDiffers] = 1;
}

}  // namespace

double Comparer::word_alike(std::uint32_t left, std::uint32_t right) const {
  if (left == right) return 1;
  const PopulationWord& one = population_.words[left];
  const PopulationWord& other = population_.words[right];
  if (!one.telling() || !other.telling() || one.number || other.number) return 0;
  if (!one.sound.empty() && one.sound == other.skeleton) return 1;
  if (!other.sound.empty() && other.sound == one.skeleton) return 1;
  const std::size_t less = std::min(one.skeleton.size(), other.skeleton.size());
  const std::size_t more = std::max(one.skeleton.size(), other.skeleton.size());
  if (less < least_letters || more > less + 4 || one.skeleton[0] != other.skeleton[0]) return 0;
  const double alike = jaro_winkler(one.skeleton, other.skeleton);
  return alike < least_alike ? 0 : alike;
}

void Comparer::fill_alike(const PopulationName& left, const PopulationName& right) {
  width_ = right.words.size();
  alike_.resize(left.words.size() * width_);
  for (std::size_t i = 0; i < left.words.size(); ++i)
    for (std::size_t j = 0; j < width_; ++j)
      cell(i, j) = static_cast<float>(word_alike(left.words[i], right.words[j]));
}

// Some words of a part are what `letters`, a word of the other name, stands for.
void Comparer::stand_for(const PopulationName& whole, const PopulationPart& part, std::size_t first,
                         std::size_t count, bool small_too, std::size_t letters, bool turned) {
  std::size_t at = 0;
  for (const std::uint16_t word : part.words) {
    if (!small_too && population_.words[whole.words[word]].small) continue;
    if (at >= first && at < first + count) {
      float& alike = turned ? cell(letters, word) : cell(word, letters);
      alike = std::max(alike, by_letters);
    }
    ++at;
  }
}

// Letters of `left` (turned: of `right`) that stand for words of the other.
void Comparer::fill_acronyms(const PopulationName& left, const PopulationName& right, bool turned) {
  for (std::size_t i = 0; i < left.words.size(); ++i) {
    const PopulationWord& word = population_.words[left.words[i]];
    if (!word.telling() || word.number) continue;
    if (word.latin.size() < least_acronym || word.latin.size() > most_acronym) continue;
    const auto known = [&](std::size_t j) { return turned ? cell(j, i) : cell(i, j); };
    bool met = false;
    for (std::size_t j = 0; j < right.words.size() && !met; ++j) met = known(j) > 0;
    if (met) continue;
    for (const PopulationPart& part : right.parts) {
      if (part.standing == Standing::Place) continue;
      const std::size_t at = part.initials.find(word.latin);
      const std::size_t all = part.all_initials.find(word.latin);
      if (at == std::string::npos && all == std::string::npos) continue;
      const bool small = at == std::string::npos;
      stand_for(right, part, small ? all : at, word.latin.size(), small, i, !turned);
      acronym_ = std::max(acronym_, std::min(1.0, word.weight / full_acronym) *
                                        std::min(1.0, double(word.latin.size() - 1) / 2));
    }
  }
}

// Weight of the words of a part that the other part has too.
double Comparer::shared(const PopulationName& whole, const PopulationPart& part,
                        const PopulationPart& other, bool turned) {
  double sum = 0;
  for (const std::uint16_t word : part.words) {
    float best = 0;
    for (const std::uint16_t with : other.words)
      best = std::max(best, turned ? cell(with, word) : cell(word, with));
    sum += double(best) * population_.words[whole.words[word]].weight;
  }
  return sum;
}

Comparer::Best Comparer::best_parts(const PopulationName& left, const PopulationName& right) {
  Best best;
  for (std::size_t i = 0; i < left.parts.size(); ++i) {
    for (std::size_t j = 0; j < right.parts.size(); ++j) {
      const PopulationPart& one = left.parts[i];
      const PopulationPart& other = right.parts[j];
      const double of_left = shared(left, one, other, false);
      const double of_right = shared(right, other, one, true);
      Best now{
          i, j, 0, 0, (of_left + of_right) / 2, 0, one.weight - of_left, other.weight - of_right};
      now.alike = (of_left + of_right) / (one.weight + other.weight);
      now.held = std::max(of_left / one.weight, of_right / other.weight);
      now.rank = std::min(worth_of(one), worth_of(other)) * (now.alike + now.held) *
                 std::min(now.shared, full_weight);
      if (now.rank > best.rank) best = now;
    }
  }
  return best;
}

// The strongest body that a name has and the other lacks.
double Comparer::left_over(const PopulationName& name, bool turned) const {
  const std::vector<float>& best = turned ? best_right_ : best_left_;
  double most = 0;
  for (const PopulationPart& part : name.parts) {
    double lacking = 0;
    for (const std::uint16_t word : part.words)
      lacking += (1 - double(best[word])) * population_.words[name.words[word]].weight;
    most = std::max(most, worth_of(part) * lacking / part.weight);
  }
  return most;
}

namespace {

std::string joined(const Population& population, const PopulationName& name,
                   const PopulationPart& part) {
  std::string text;
  for (const std::uint16_t word : part.words) {
    const PopulationWord& known = population.words[name.words[word]];
    if (known.telling()) text += known.skeleton;
  }
  return text;
}

// 1 where both have numbers and they are the same, -1 where they are not or only one has any.
int numbers_agree(const Population& population, const PopulationName& left,
                  const PopulationPart& one, const PopulationName& right,
                  const PopulationPart& other) {
  const auto numbers = [&](const PopulationName& name, const PopulationPart& part) {
    std::vector<std::uint32_t> found;
    for (const std::uint16_t word : part.words)
      if (population.words[name.words[word]].number) found.push_back(name.words[word]);
    std::sort(found.begin(), found.end());
    return found;
  };
  const auto a = numbers(left, one), b = numbers(right, other);
  if (a.empty() && b.empty()) return 0;
  return a == b ? 1 : -1;
}

}  // namespace

void Comparer::note_parts(const PopulationName& left, const PopulationName& right, const Best& best,
                          Comparison& result) const {
  const PopulationPart& one = left.parts[best.left];
  const PopulationPart& other = right.parts[best.right];
  result.left_part = static_cast<std::uint16_t>(best.left);
  result.right_part = static_cast<std::uint16_t>(best.right);
  const auto alike = static_cast<float>(best.alike);
  result[Feature::PartAlike] = alike;
  result[Feature::PartHeld] = static_cast<float>(best.held);
  result[Feature::PartEqual] = one.id == other.id ? 1 : 0;
  switch (std::min(one.standing, other.standing)) {
    case Standing::University:
      result[Feature::UniversityAlike] = alike;
      break;
    case Standing::Body:
      result[Feature::BodyAlike] = alike;
      break;
    case Standing::Either:
      result[Feature::EitherAlike] = alike;
      break;
    case Standing::Plain:
      result[Feature::PlainAlike] = alike;
      break;
    case Standing::Unit:
    case Standing::Place:
      result[Feature::UnitAlike] = alike;
      break;
  }
  result[Feature::PartWeight] = static_cast<float>(std::min(1.0, best.shared / full_weight));
  const PartUse& left_use = population_.parts[one.id];
  const PartUse& right_use = population_.parts[other.id];
  result[Feature::PartAlone] = static_cast<float>(level(std::max(left_use.alone, right_use.alone)));
  result[Feature::PartBeside] =
      static_cast<float>(level(std::max(left_use.beside, right_use.beside)));
  if (one.kind != 0 && other.kind != 0)
    result[one.kind == other.kind ? Feature::KindSame : Feature::KindDiffers] = 1;
  const int numbers = numbers_agree(population_, left, one, right, other);
  if (numbers != 0) result[numbers > 0 ? Feature::NumbersSame : Feature::NumbersDiffer] = 1;
  result[Feature::Spelling] = static_cast<float>(
      jaro_winkler(joined(population_, left, one), joined(population_, right, other)));
}

// Whether every word of two parts stands in the other, one at least by a letter: "TU Wien".
bool Comparer::letters_cover(const PopulationName& left, const PopulationPart& one,
                             const PopulationName& right, const PopulationPart& other) {
  bool letters = false;
  const auto covered = [&](const PopulationName& name, std::uint16_t word, const PopulationPart& by,
                           bool turned) {
    float best = 0;
    for (const std::uint16_t with : by.words)
      best = std::max(best, turned ? cell(with, word) : cell(word, with));
    letters = letters || best == by_letters;
    return best >= by_letters || population_.words[name.words[word]].small;
  };
  const bool here = std::all_of(one.words.begin(), one.words.end(), [&](std::uint16_t word) {
    return covered(left, word, other, false);
  });
  const bool there = std::all_of(other.words.begin(), other.words.end(), [&](std::uint16_t word) {
    return covered(right, word, one, true);
  });
  return here && there && letters;
}

namespace {

bool strong(const PopulationPart& part) {
  return part.standing >= Standing::Body;
}

bool is_last(const PopulationName& name, std::size_t at) {
  for (std::size_t i = at + 1; i < name.parts.size(); ++i)
    if (name.parts[i].standing != Standing::Place) return false;
  return true;
}

bool sole(const PopulationName& name, std::size_t at) {
  for (std::size_t i = 0; i < name.parts.size(); ++i)
    if (i != at && name.parts[i].standing > Standing::Unit) return false;
  return true;
}

double rival(const PopulationName& name, std::size_t at) {
  double most = 0;
  for (std::size_t i = 0; i < name.parts.size(); ++i)
    if (i != at) most = std::max(most, worth_of(name.parts[i]));
  return most;
}

float bodies(const PopulationName& name) {
  const auto count = std::count_if(name.parts.begin(), name.parts.end(), strong);
  return std::min(1.0F, static_cast<float>(count) / 4);
}

}  // namespace

// Words that tell a kind, of one part alone.
void Comparer::note_words(const PopulationName& left, const PopulationName& right, const Best& best,
                          Comparison& result) const {
  const auto lacks = [&](const PopulationName& name, const PopulationPart& part,
                         const PopulationName& whole, const PopulationPart& other) {
    for (const std::uint16_t word : part.words) {
      const std::uint32_t id = name.words[word];
      const PopulationWord& known = population_.words[id];
      if (known.tells.kind == 0) continue;
      const bool both = std::any_of(other.words.begin(), other.words.end(),
                                    [&](std::uint16_t with) { return whole.words[with] == id; });
      if (both) continue;
      const bool body = known.tells.standing >= Standing::Body;
      result[body ? Feature::BodyWordsDiffer : Feature::OtherWordsDiffer] = 1;
    }
  };
  const PopulationPart& one = left.parts[best.left];
  const PopulationPart& other = right.parts[best.right];
  lacks(left, one, right, other);
  lacks(right, other, left, one);
  const auto inner = [&](const PopulationName& name, const PopulationPart& part) {
    const auto count = std::count_if(part.words.begin(), part.words.end(), [&](std::uint16_t at) {
      const KindWord& tells = population_.words[name.words[at]].tells;
      return tells.kind != 0 && tells.kind != part.kind;
    });
    return std::min(1.0F, static_cast<float>(count) / 3);
  };
  const auto inners = std::minmax({inner(left, one), inner(right, other)});
  result[Feature::InnerLess] = inners.first;
  result[Feature::InnerMore] = inners.second;
  const auto [less, more] = std::minmax(best.left_lacks, best.right_lacks);
  result[Feature::BothLack] = static_cast<float>(std::clamp(less / full_acronym, 0.0, 1.0));
  result[Feature::OneLacks] = static_cast<float>(std::clamp(more / full_acronym, 0.0, 1.0));
}

// Whether the parts share no word that tells one body from another of its kind.
bool Comparer::little_shared(const PopulationName& left, const PopulationPart& one,
                             const PopulationPart& other) {
  return std::none_of(one.words.begin(), one.words.end(), [&](std::uint16_t word) {
    if (!population_.words[left.words[word]].telling()) return false;
    return std::any_of(other.words.begin(), other.words.end(),
                       [&](std::uint16_t with) { return cell(word, with) > 0; });
  });
}

// Weight of the words at the head of a name that the other name has nowhere.
double Comparer::lead_lacks(const PopulationName& name, bool turned) const {
  const PopulationPart& lead = name.parts.front();
  if (lead.standing == Standing::Unit || lead.standing == Standing::Either) return 0;
  const std::vector<float>& best = turned ? best_right_ : best_left_;
  double lacking = 0;
  for (const std::uint16_t word : lead.words)
    lacking += (1 - double(best[word])) * population_.words[name.words[word]].weight;
  return lacking;
}

double Comparer::rival_alone(const PopulationName& name, std::size_t at) const {
  std::uint32_t most = 0;
  for (std::size_t i = 0; i < name.parts.size(); ++i)
    if (i != at && name.parts[i].standing != Standing::Place)
      most = std::max(most, population_.parts[name.parts[i].id].alone);
  return level(most);
}

void Comparer::note_others(const PopulationName& left, const PopulationName& right,
                           const Best& best, Comparison& result) {
  double second = 0;
  for (std::size_t i = 0; i < left.parts.size(); ++i) {
    for (std::size_t j = 0; j < right.parts.size(); ++j) {
      const PopulationPart& one = left.parts[i];
      const PopulationPart& other = right.parts[j];
      if (i == best.left || j == best.right || !strong(one) || !strong(other)) continue;
      const double both = shared(left, one, other, false) + shared(right, other, one, true);
      second = std::max(second, both / (one.weight + other.weight));
    }
  }
  result[Feature::SecondAlike] = static_cast<float>(second);
  result[Feature::SoleBody] = sole(left, best.left) && sole(right, best.right) ? 1 : 0;
  const auto [less, more] = std::minmax({bodies(left), bodies(right)});
  result[Feature::BodiesLess] = less;
  result[Feature::BodiesMore] = more;
  result[Feature::LastPart] =
      (is_last(left, best.left) ? 0.5F : 0.0F) + (is_last(right, best.right) ? 0.5F : 0.0F);
  result[Feature::LittleShared] =
      little_shared(left, left.parts[best.left], right.parts[best.right]) ? 1 : 0;
  const auto rivals = std::minmax({rival(left, best.left), rival(right, best.right)});
  result[Feature::RivalLess] = static_cast<float>(rivals.first);
  result[Feature::RivalMore] = static_cast<float>(rivals.second);
  result[Feature::RivalAlone] =
      static_cast<float>(std::max(rival_alone(left, best.left), rival_alone(right, best.right)));
  if (result[Feature::PartEqual] > 0 && best.shared > least_telling)
    result[Feature::SurePart] = result[Feature::SoleBody];
  const PopulationPart* one = next_part(left, best.left);
  const PopulationPart* other = next_part(right, best.right);
  if (one != nullptr && other != nullptr)
    result[one->id == other->id ? Feature::NextSame : Feature::NextDiffers] = 1;
  else if (one != nullptr || other != nullptr)
    result[Feature::NextMissing] = 1;
  if (one == nullptr || other == nullptr) {
    const auto followers = [&](const PopulationName& name, std::size_t at) {
      return population_.parts[name.parts[at].id].followers;
    };
    const double most = std::max(followers(left, best.left), followers(right, best.right));
    result[Feature::Family] = static_cast<float>(std::min(1.0, std::log1p(most) / 3));
  }
}

void Comparer::note_whole(const PopulationName& left, const PopulationName& right,
                          Comparison& result) {
  best_left_.assign(left.words.size(), 0);
  best_right_.assign(right.words.size(), 0);
  for (std::size_t i = 0; i < left.words.size(); ++i) {
    for (std::size_t j = 0; j < right.words.size(); ++j) {
      best_left_[i] = std::max(best_left_[i], cell(i, j));
      best_right_[j] = std::max(best_right_[j], cell(i, j));
    }
  }
  const auto weigh = [&](const PopulationName& name, const std::vector<float>& best) {
    double sum = 0, all = 0;
    for (std::size_t i = 0; i < name.words.size(); ++i) {
      const double weight = population_.words[name.words[i]].weight;
      sum += double(best[i]) * weight;
      all += weight;
    }
    return std::pair(sum, std::max(all, 1e-9));
  };
  const auto [of_left, left_all] = weigh(left, best_left_);
  const auto [of_right, right_all] = weigh(right, best_right_);
  result[Feature::NameAlike] = static_cast<float>((of_left + of_right) / (left_all + right_all));
  result[Feature::NameHeld] =
      static_cast<float>(std::max(of_left / left_all, of_right / right_all));
  result[Feature::NameEqual] = left.words.size() == right.words.size() &&
                                       result[Feature::NameAlike] > 0.9999F &&
                                       result[Feature::LittleShared] == 0
                                   ? 1
                                   : 0;
  const double a = left_over(left, false), b = left_over(right, true);
  // A body is told by its own part, wherever that stands; other names by what they begin with.
  const bool body = std::min(left.parts[result.left_part].standing,
                             right.parts[result.right_part].standing) > Standing::Plain;
  const double lead = std::min(lead_lacks(left, false), lead_lacks(right, true));
  if (!body) result[Feature::LeadLack] = static_cast<float>(std::min(1.0, lead / full_acronym));
  result[Feature::LeftOverLess] = static_cast<float>(std::min(a, b));
  result[Feature::LeftOverMore] = static_cast<float>(std::max(a, b));
}

void Comparer::compare_names(const PopulationName& left, const PopulationName& right,
                             Comparison& result) {
  acronym_ = 0;
  fill_alike(left, right);
  fill_acronyms(left, right, false);
  fill_acronyms(right, left, true);
  const Best best = best_parts(left, right);
  note_parts(left, right, best, result);
  note_words(left, right, best, result);
  note_others(left, right, best, result);
  note_whole(left, right, result);
  result[Feature::Acronym] = static_cast<float>(acronym_);
  const bool cover =
      acronym_ > 0 && letters_cover(left, left.parts[best.left], right, right.parts[best.right]);
  result[Feature::LettersCover] = cover ? 1 : 0;
  result.has_names = true;
}

Comparison Comparer::compare(std::uint32_t left, std::uint32_t right) {
  const PopulationMember& one = population_.members.at(left);
  const PopulationMember& other = population_.members.at(right);
  Comparison best;
  double most = -1;
  for (std::size_t i = 0; i < std::min(one.names.size(), most_names); ++i) {
    for (std::size_t j = 0; j < std::min(other.names.size(), most_names); ++j) {
      Comparison now;
      now.left_name = static_cast<std::uint16_t>(i);
      now.right_name = static_cast<std::uint16_t>(j);
      compare_names(one.names[i], other.names[j], now);
      const double alike = double(now[Feature::PartAlike]) + double(now[Feature::NameAlike]);
      if (alike <= most) continue;
      most = alike;
      best = now;
    }
  }
  compare_identifiers(one, other, best);
  compare_forms(one, other, best);
  agree(best, Feature::CountrySame, Feature::CountryDiffers, one.country, other.country);
  agree(best, Feature::CitySame, Feature::CityDiffers, one.city, other.city);
  agree(best, Feature::StatedKindSame, Feature::StatedKindDiffers, one.kind, other.kind);
  return best;
}

}  // namespace koinon::partners
