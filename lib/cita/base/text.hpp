// Unicode, and the only home of ICU: what a text looks like, and what of it may be shown.
//
// ASCII text, which is nearly all of it, never loads ICU's data.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cita::text {

bool is_ascii(std::string_view text);
/// Whether the bytes are well-formed UTF-8; `bad` receives the offset of the first byte that is not.
bool is_utf8(std::string_view bytes, std::size_t* bad = nullptr);

/// The text as a stamp reader wants it: compatibility forms (NFKC, so full-width digits become digits), every decimal
/// digit as ASCII, every dash as '-', every space as ' ', lower case.
std::string simplified(std::string_view text);

/// The name of a month (1–12) or weekday (0 = Sunday) in a language ("de"), simplified; `wide` or abbreviated.
/// Both the stand-alone and the in-a-date forms are returned, without trailing full stops.
std::vector<std::string> month_names(std::string_view language, unsigned month);
std::vector<std::string> weekday_names(std::string_view language, unsigned weekday);

/// How many code points well-formed UTF-8 has.
std::size_t code_points(std::string_view utf8);

/// The whole number at byte `at`, which is moved behind it: "1,706,505", "2'098". Nothing where no digit stands there.
std::optional<std::int64_t> number_at(std::string_view text, std::size_t& at);

/// The number that a text of digits alone is; nothing for any other text.
std::optional<std::int64_t> whole_number(std::string_view text);

/// How many terminal columns the text takes (East Asian wide characters take two, combining ones none).
int width(std::string_view text);

/// The text as it may be shown on a terminal: control characters, escapes, bidirectional controls and code points that
/// are no characters become visible as U+FFFD or `\xNN`; line feeds and tabs become spaces.
std::string shown(std::string_view untrusted);

/// A character that nobody sees: a control, a bidirectional control, a zero-width character.
struct Hidden {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string name;  ///< "U+202E"
};
/// All of a text, apart from line ends and tabs.
std::vector<Hidden> hidden_characters(std::string_view text);

/// What a name with letters of several scripts looks like in ASCII ("аpple.com", whose first letter is Cyrillic, looks like
/// "apple.com"). Empty for a name that is ASCII or looks like none.
std::string ascii_look_alike(std::string_view name);

/// At most so many bytes of the text, and an ellipsis where something is left out; no code point is divided.
std::string shortened(std::string_view text, std::size_t most);

/// The text broken at spaces into lines of at most `columns` columns (a longer word keeps a line of its own).
std::vector<std::string> wrapped(std::string_view text, int columns);

}  // namespace cita::text
