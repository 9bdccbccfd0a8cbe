// The words with which a field of a list says that there is nothing to say.
#pragma once

#include <algorithm>
#include <iterator>
#include <string_view>

namespace cita::evidence {

/// As the template has it: nothing, or N/A in any case. Of a text without space around it.
inline bool is_not_applicable(std::string_view text) {
  return text.empty() || (text.size() == 3 && (text[0] | 0x20) == 'n' && text[1] == '/' && (text[2] | 0x20) == 'a');
}

/// As people write it, too, where a name belongs. Of a text in lower case without space around it.
inline bool names_nobody(std::string_view text) {
  constexpr std::string_view words[] = {"na", "none", "unknown", "-"};
  return is_not_applicable(text) || std::find(std::begin(words), std::end(words), text) != std::end(words);
}

}  // namespace cita::evidence
