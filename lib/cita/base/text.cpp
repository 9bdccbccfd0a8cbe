#include <cita/base/text.hpp>

#include <unicode/dtfmtsym.h>
#include <unicode/locid.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uspoof.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>

namespace cita::text {

namespace {

constexpr UChar32 invalid = -1;
constexpr UChar32 replacement = 0xFFFD;

// The code point at `offset`, which moves behind it; `invalid` for a byte that is no UTF-8.
UChar32 next(std::string_view bytes, std::size_t& offset) {
  const auto* data = reinterpret_cast<const std::uint8_t*>(bytes.data());
  const auto size = static_cast<std::int32_t>(bytes.size());
  auto position = static_cast<std::int32_t>(offset);
  UChar32 point = invalid;
  U8_NEXT(data, position, size, point);
  offset = static_cast<std::size_t>(position);
  return point;
}

void append(std::string& to, UChar32 point) {
  std::array<std::uint8_t, U8_MAX_LENGTH> bytes{};
  std::int32_t length = 0;
  U8_APPEND_UNSAFE(bytes.data(), length, point);
  to.append(reinterpret_cast<const char*>(bytes.data()), static_cast<std::size_t>(length));
}

bool is_ascii_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

char simplified_ascii(char c) {
  if (c >= 'A' && c <= 'Z') return static_cast<char>(c - 'A' + 'a');
  return is_ascii_space(c) ? ' ' : c;
}

bool is_dash(UChar32 point) { return u_charType(point) == U_DASH_PUNCTUATION || point == 0x2212; }

void append_simplified(std::string& to, UChar32 point) {
  if (u_charType(point) == U_FORMAT_CHAR) return;  // joiners, direction marks and the byte order mark have no looks
  if (const std::int32_t digit = u_charDigitValue(point); digit >= 0 && u_charType(point) == U_DECIMAL_DIGIT_NUMBER) {
    to += static_cast<char>('0' + digit);
  } else if (is_dash(point)) {
    to += '-';
  } else if (u_isUWhiteSpace(point)) {
    to += ' ';
  } else {
    append(to, u_tolower(point));
  }
}

std::string simplified_unicode(std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  const auto source = icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
  const icu::Normalizer2* nfkc = icu::Normalizer2::getNFKCInstance(status);
  icu::UnicodeString form = source;
  if (U_SUCCESS(status)) form = nfkc->normalize(source, status);
  if (U_FAILURE(status)) form = source;
  std::string result;
  for (std::int32_t i = 0; i < form.length(); i = form.moveIndex32(i, 1)) append_simplified(result, form.char32At(i));
  return result;
}

// A name as it is looked up: simplified, without the full stops of abbreviations.
std::string name_of(const icu::UnicodeString& name) {
  std::string utf8;
  name.toUTF8String(utf8);
  utf8 = simplified(utf8);
  while (!utf8.empty() && utf8.back() == '.') utf8.pop_back();
  return utf8;
}

using Symbols = const icu::UnicodeString* (icu::DateFormatSymbols::*)(std::int32_t&, icu::DateFormatSymbols::DtContextType,
                                                                      icu::DateFormatSymbols::DtWidthType) const;

// Only a language that ICU has is asked: for any other it would answer in the language of the environment.
bool has_language(const std::string& language) {
  std::int32_t count = 0;
  const icu::Locale* all = icu::Locale::getAvailableLocales(count);
  return std::any_of(all, all + count, [&](const icu::Locale& locale) { return language == locale.getName(); });
}

std::vector<std::string> calendar_names(std::string_view language, std::int32_t index, Symbols list) {
  const std::string code(language);
  if (!has_language(code)) return {};
  UErrorCode status = U_ZERO_ERROR;
  const icu::DateFormatSymbols symbols(icu::Locale(code.c_str()), status);
  std::vector<std::string> names;
  if (U_FAILURE(status)) return names;
  for (const auto context : {icu::DateFormatSymbols::FORMAT, icu::DateFormatSymbols::STANDALONE}) {
    for (const auto width : {icu::DateFormatSymbols::WIDE, icu::DateFormatSymbols::ABBREVIATED}) {
      std::int32_t count = 0;
      const icu::UnicodeString* all = (symbols.*list)(count, context, width);
      if (all == nullptr || index >= count) continue;
      std::string name = name_of(all[index]);
      if (!name.empty() && std::find(names.begin(), names.end(), name) == names.end()) names.push_back(std::move(name));
    }
  }
  return names;
}

int columns_of(UChar32 point) {
  switch (u_charType(point)) {
    case U_NON_SPACING_MARK:
    case U_ENCLOSING_MARK:
    case U_FORMAT_CHAR: return 0;
    default: break;
  }
  const int width = u_getIntPropertyValue(point, UCHAR_EAST_ASIAN_WIDTH);
  return width == U_EA_FULLWIDTH || width == U_EA_WIDE ? 2 : 1;
}

bool is_control(UChar32 point) { return point < 0x20 || (point >= 0x7F && point < 0xA0); }

// Joiners are regular spelling between letters of other scripts and in emoji.
bool is_joiner(UChar32 point) { return point == 0x200C || point == 0x200D; }
// What has no shape of its own and may stand in the middle of a word unseen.
bool is_hidden(UChar32 point) { return u_charType(point) == U_FORMAT_CHAR && !is_joiner(point); }

// Code points that are no characters, and that XML has no place for.
bool is_no_character(UChar32 point) { return (point & 0xFFFE) == 0xFFFE || (point >= 0xFDD0 && point <= 0xFDEF); }

void append_shown(std::string& to, UChar32 point) {
  constexpr std::string_view hexadecimal = "0123456789abcdef";
  const bool breaks_line = point == '\n' || point == '\r' || point == '\t' || point == 0x2028 || point == 0x2029;
  if (breaks_line) {
    to += ' ';
  } else if (point == invalid || is_hidden(point) || is_no_character(point)) {
    append(to, replacement);
  } else if (is_control(point)) {
    to += "\\x";
    to += hexadecimal[static_cast<std::size_t>(point >> 4)];
    to += hexadecimal[static_cast<std::size_t>(point & 0xF)];
  } else {
    append(to, point);
  }
}

}  // namespace

bool is_ascii(std::string_view text) {
  unsigned char bits = 0;
  for (const char c : text) bits |= static_cast<unsigned char>(c);
  return bits < 0x80;
}

bool is_utf8(std::string_view bytes, std::size_t* bad) {
  if (is_ascii(bytes)) return true;
  for (std::size_t offset = 0; offset < bytes.size();) {
    const std::size_t begin = offset;
    if (next(bytes, offset) >= 0) continue;
    if (bad != nullptr) *bad = begin;
    return false;
  }
  return true;
}

std::string simplified(std::string_view text) {
  if (!is_ascii(text)) return simplified_unicode(text);
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(), simplified_ascii);
  return result;
}

std::vector<std::string> month_names(std::string_view language, unsigned month) {
  if (month < 1 || month > 12) return {};
  return calendar_names(language, static_cast<std::int32_t>(month) - 1, &icu::DateFormatSymbols::getMonths);
}

std::vector<std::string> weekday_names(std::string_view language, unsigned weekday) {
  if (weekday > 6) return {};
  // ICU counts weekdays from 1, Sunday.
  return calendar_names(language, static_cast<std::int32_t>(weekday) + 1, &icu::DateFormatSymbols::getWeekdays);
}

int width(std::string_view text) {
  if (is_ascii(text)) return static_cast<int>(text.size());
  int columns = 0;
  for (std::size_t offset = 0; offset < text.size();) {
    const UChar32 point = next(text, offset);
    columns += point < 0 ? 1 : columns_of(point);
  }
  return columns;
}

std::string shown(std::string_view untrusted) {
  const auto is_plain = [](char c) { return c >= 0x20 && c < 0x7F; };
  if (std::all_of(untrusted.begin(), untrusted.end(), is_plain)) return std::string(untrusted);
  std::string result;
  result.reserve(untrusted.size());
  for (std::size_t offset = 0; offset < untrusted.size();) append_shown(result, next(untrusted, offset));
  return result;
}

std::vector<std::string> wrapped(std::string_view text, int columns) {
  std::vector<std::string> lines;
  int used = 0;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find(' ', begin), text.size());
    const std::string_view word = text.substr(begin, end - begin);
    begin = end + 1;
    if (word.empty()) continue;
    const int taken = width(word);
    if (!lines.empty() && used + 1 + taken <= columns) {
      lines.back().append(" ").append(word);
      used += 1 + taken;
    } else {
      lines.emplace_back(word);
      used = taken;
    }
  }
  return lines;
}

std::string shortened(std::string_view text, std::size_t most) {
  if (text.size() <= most) return std::string(text);
  const auto continues = [text](std::size_t at) { return (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U; };
  while (most > 0 && continues(most)) --most;
  return std::string(text.substr(0, most)) + "…";
}

std::vector<Hidden> hidden_characters(std::string_view text) {
  std::vector<Hidden> found;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    const UChar32 point = next(text, at);
    if (point == '\n' || point == '\r' || point == '\t' || (point >= ' ' && point < 0x7F)) continue;
    const auto category = u_charType(point);
    if (point != invalid && category != U_CONTROL_CHAR && category != U_FORMAT_CHAR) continue;
    if (is_joiner(point) && begin > 0 && static_cast<unsigned char>(text[begin - 1]) >= 0x80) continue;
    std::array<char, 12> name{};
    std::snprintf(name.data(), name.size(), "U+%04X", static_cast<unsigned>(point));
    found.push_back({begin, at, point == invalid ? "a byte that is no UTF-8" : name.data()});
  }
  return found;
}

std::string ascii_look_alike(std::string_view name) {
  if (is_ascii(name) || !is_utf8(name)) return {};
  UErrorCode error = U_ZERO_ERROR;
  static const USpoofChecker* checker = [] {
    UErrorCode failed = U_ZERO_ERROR;
    USpoofChecker* made = uspoof_open(&failed);
    return U_SUCCESS(failed) ? made : nullptr;
  }();
  if (checker == nullptr) return {};
  std::string skeleton;
  std::array<char, 512> bytes{};
  const std::int32_t length = uspoof_getSkeletonUTF8(checker, 0, name.data(), static_cast<std::int32_t>(name.size()),
                                                     bytes.data(), static_cast<std::int32_t>(bytes.size()), &error);
  if (U_FAILURE(error) || length > static_cast<std::int32_t>(bytes.size())) return {};
  skeleton.assign(bytes.data(), static_cast<std::size_t>(length));
  return is_ascii(skeleton) ? skeleton : std::string();
}

std::size_t code_points(std::string_view utf8) {
  return static_cast<std::size_t>(
      std::count_if(utf8.begin(), utf8.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::optional<std::int64_t> number_at(std::string_view text, std::size_t& at) {
  constexpr std::size_t most_digits = 12;
  const auto is_digit = [text](std::size_t i) { return i < text.size() && text[i] >= '0' && text[i] <= '9'; };
  std::int64_t value = 0;
  std::size_t digits = 0;
  for (; at < text.size() && digits < most_digits; ++at) {
    if (is_digit(at)) value = value * 10 + (text[at] - '0'), ++digits;
    else if (digits == 0 || (text[at] != ',' && text[at] != '\'') || !is_digit(at + 1)) break;
  }
  return digits == 0 ? std::nullopt : std::optional(value);
}

std::optional<std::int64_t> whole_number(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool is_number = problem == std::errc() && end == text.data() + text.size() && text.front() != '-';
  return is_number ? std::optional(value) : std::nullopt;
}

}  // namespace cita::text
