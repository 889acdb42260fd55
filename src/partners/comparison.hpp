// SPDX-License-Identifier: Apache-2.0
//
// Two organisations side by side: the numbers that say how alike they are.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "partners/population.hpp"

namespace koinon::partners {

/// What is compared. Each is 0 where nothing can be said. The codes (feature_code()) are those of
/// the table of weights, src/data/organisations/match-weights.tsv.
enum class Feature : std::uint8_t {
  IdentifierSame,     // 1: one identifier is the same
  IdentifierDiffers,  // 1: one exclusive scheme has no value in common
  PartAlike,          // 0..1: Dice of the words' weights of the two parts that are most alike
  PartHeld,           // 0..1: how much of the lesser of these parts the other holds
  PartEqual,          // 1: they are the same words
  UniversityAlike,    // PartAlike, where both of them are of that standing, the lesser counting
  BodyAlike,
  EitherAlike,
  PlainAlike,
  UnitAlike,
  PartWeight,        // 0..1: weight of what those parts share, 20 being 1
  PartAlone,         // 0..1: how often the part is a whole name
  PartBeside,        // 0..1: with how many others it stands in names
  NameAlike,         // 0..1: Dice over all words
  NameHeld,          // 0..1: how much of the lesser name the other holds
  NameEqual,         // 1: the same words in all
  LeftOverLess,      // 0..1: the strongest body of a name that the other lacks: the lesser, and
  LeftOverMore,      //       the greater of the two names'
  Spelling,          // 0..1: Jaro-Winkler of the words of the parts, written as one
  Acronym,           // 0..1: weight of the letters that stand for words, 10 being 1
  LettersCover,      // 1: every word of the parts stands in the other, one at least by a letter
  SecondAlike,       // 0..1: Dice of the next pair of bodies that are alike, beside the first
  SoleBody,          // 1: in both names all other parts are units or places
  BodiesLess,        // 0..1: bodies in the name that has fewer, and in the one that has more;
  BodiesMore,        //       4 being 1
  LastPart,          // 1: the parts are the last of their names, but for places; 0.5: one of them
  NextSame,          // 1: the same words follow both, as in "University of California, Davis"
  NextDiffers,       // 1: other words do
  NextMissing,       // 1: words follow the one alone
  RivalLess,         // 0..1: worth of the strongest other part of a name, whether or not the other
  RivalMore,         //       name has it: the lesser and the greater of the two names'
  RivalAlone,        // 0..1: how often one of the other parts is a whole name, the most of all
  BothLack,          // 0..1: weight that the one part lacks of the other, the lesser and the
  OneLacks,          //       greater of the two ways round, 10 being 1
  BodyWordsDiffer,   // 1: one part alone has a word for a kind of body: "University Hospital X"
  OtherWordsDiffer,  // 1: one alone has a word for a kind of unit or field: "X Medical School"
  SurePart,          // 1: SoleBody, PartEqual, and words that tell more than a kind
  Family,            // 0..1: how many places follow the part elsewhere, where none or one does here
  LittleShared,      // 1: the parts share no word that tells one body from another of its kind
  LeadLack,          // 0..1: weight of the first words of a name that the other lacks, the lesser
                     // of the two names', 10 being 1; 0 where a unit comes first or the parts
                     // are those of bodies
  InnerLess,         // 0..1: words of a part that tell another kind than it is of, as "School" in
  InnerMore,         //       "University of Utah School of Medicine": fewer and more, 3 being 1
  NumbersSame,       // 1
  NumbersDiffer,     // 1: "School 3", "School 5"
  KindSame,          // 1: the parts' words tell the same kind of body
  KindDiffers,       // 1: they tell two: "Stadt Ansbach", "Landkreis Ansbach"
  CountrySame,
  CountryDiffers,
  CitySame,
  CityDiffers,
  FormSame,  // legal form
  FormDiffers,
  StatedKindSame,  // as the sources tell it
  StatedKindDiffers,
};
inline constexpr std::size_t features = 54;

/// "part-alike", "identifier-same" ...; stable.
std::string_view feature_code(Feature feature);

struct Comparison {
  std::array<float, features> values{};
  // Of the names that were compared, which; and of these the parts that are most alike. Undefined
  // where has_names is false.
  bool has_names = false;
  std::uint16_t left_name = 0, right_name = 0;
  std::uint16_t left_part = 0, right_part = 0;

  float operator[](Feature feature) const { return values[static_cast<std::size_t>(feature)]; }
  float& operator[](Feature feature) { return values[static_cast<std::size_t>(feature)]; }
};

/// Compares members of a population. Keeps its working memory between calls; one per thread.
class Comparer {
 public:
  explicit Comparer(const Population& population) : population_(population) {}

  /// Of all pairs of names of the two the one that is most alike, the first of equals. Symmetric
  /// but for left and right. O(words of the one * words of the other) for each pair of names, of
  /// which the first 8 of each member count. Throws std::out_of_range if there is no such member.
  Comparison compare(std::uint32_t left, std::uint32_t right);

 private:
  struct Best {
    std::size_t left = 0, right = 0;
    double alike = 0, held = 0, shared = 0, rank = -1;
    double left_lacks = 0, right_lacks = 0;  // weight of its words that the other part has not
  };

  void compare_names(const PopulationName& left, const PopulationName& right, Comparison& result);
  void fill_alike(const PopulationName& left, const PopulationName& right);
  void fill_acronyms(const PopulationName& left, const PopulationName& right, bool turned);
  void stand_for(const PopulationName& whole, const PopulationPart& part, std::size_t first,
                 std::size_t count, bool small_too, std::size_t letters, bool turned);
  double word_alike(std::uint32_t left, std::uint32_t right) const;
  float& cell(std::size_t left, std::size_t right) { return alike_[left * width_ + right]; }
  double shared(const PopulationName& whole, const PopulationPart& part,
                const PopulationPart& other, bool turned);
  Best best_parts(const PopulationName& left, const PopulationName& right);
  void note_words(const PopulationName& left, const PopulationName& right, const Best& best,
                  Comparison& result) const;
  bool little_shared(const PopulationName& left, const PopulationPart& one,
                     const PopulationPart& other);
  bool letters_cover(const PopulationName& left, const PopulationPart& one,
                     const PopulationName& right, const PopulationPart& other);
  double lead_lacks(const PopulationName& name, bool turned) const;
  double rival_alone(const PopulationName& name, std::size_t at) const;
  double left_over(const PopulationName& name, bool turned) const;
  void note_parts(const PopulationName& left, const PopulationName& right, const Best& best,
                  Comparison& result) const;
  void note_others(const PopulationName& left, const PopulationName& right, const Best& best,
                   Comparison& result);
  void note_whole(const PopulationName& left, const PopulationName& right, Comparison& result);

  const Population& population_;
  std::size_t width_ = 0;
  std::vector<float> alike_;      // left word by right word, 0..1
  std::vector<float> best_left_;  // by word, the most alike of the other name
  std::vector<float> best_right_;
  double acronym_ = 0;
};

}  // namespace koinon::partners
