// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace koinon::exchange {

/// The text of a piece of HTML: tags away, entities as characters, paragraphs parted by an empty
/// line, list entries and line breaks by a line end, runs of blanks made one. A text without tags
/// and entities only loses blanks at its ends. What looks like neither tag nor known entity stays
/// as it is.
std::string plain_text(std::string_view html);

}  // namespace koinon::exchange
