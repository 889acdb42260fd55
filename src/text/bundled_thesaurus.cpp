// SPDX-License-Identifier: Apache-2.0
#include "text/bundled_thesaurus.hpp"

extern "C" const char koinon_bundled_thesaurus[];
extern "C" const char koinon_bundled_thesaurus_end[];

namespace koinon::text {

const Thesaurus& bundled_thesaurus() {
  static const Thesaurus thesaurus(
      {koinon_bundled_thesaurus,
       static_cast<std::size_t>(koinon_bundled_thesaurus_end - koinon_bundled_thesaurus)});
  return thesaurus;
}

}  // namespace koinon::text
