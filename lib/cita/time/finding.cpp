#include <cita/base/text.hpp>
#include <cita/time/calendar_words.hpp>
#include <cita/time/finding.hpp>
#include <cita/time/reading_phrase.hpp>
#include <cita/time/zone.hpp>

#include <algorithm>
#include <array>

namespace cita {

namespace {

using namespace reading;

// A text as the readers of stamps want it, and where each of its bytes stood.
struct Simplified {
  std::string text;
  std::vector<std::size_t> places;  // of each byte, and the end

  explicit Simplified(std::string_view raw) {
    for (std::size_t at = 0; at < raw.size();) {
      std::size_t length = 1;
      while (at + length < raw.size() && (static_cast<unsigned char>(raw[at + length]) & 0xC0U) == 0x80U) ++length;
      const std::string simple = text::simplified(raw.substr(at, length));
      text += simple;
      places.insert(places.end(), simple.size(), at);
      at += length;
    }
    places.push_back(raw.size());
  }
};

// ---- what is no time

bool is_sign(const Token& token, std::string_view signs) {
  return token.kind == TokenKind::sign && signs.find(token.text) != std::string_view::npos;
}

// Where addresses stand, for their numbers are none of ours.
std::vector<std::pair<std::size_t, std::size_t>> addresses(std::string_view text) {
  std::vector<std::pair<std::size_t, std::size_t>> found;
  for (std::size_t at = text.find("http"); at != std::string_view::npos; at = text.find("http", found.back().second)) {
    std::size_t end = text.find_first_of(" \t\n)>|", at);
    if (end == std::string_view::npos) end = text.size();
    found.emplace_back(at, end);
  }
  return found;
}

class Finder {
 public:
  explicit Finder(std::string_view raw)
      : raw_(raw), simple_(raw), tokens_(tokens(simple_.text)), addresses_(addresses(simple_.text)) {}

  std::vector<FoundStamp> stamps() {
    std::vector<FoundStamp> found;
    for (std::size_t i = 0; i < tokens_.size();) {
      std::size_t end = i;
      FoundStamp stamp;
      if (!may_begin(i) || !grow(i, end, stamp)) {
        ++i;
        continue;
      }
      const std::size_t begin = with_words_before(i, found.empty() ? 0 : last_, stamp);
      stamp.begin = simple_.places[tokens_[begin].begin];
      stamp.end = simple_.places[tokens_[end - 1].end()];
      stamp.text = raw_.substr(stamp.begin, stamp.end - stamp.begin);
      found.push_back(std::move(stamp));
      last_ = i = end;
    }
    return found;
  }

  std::string zone() {
    // "IST, UTC+05:30": the one that needs no interpretation counts.
    std::string abbreviated;
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      std::size_t end = i;
      std::string name = zone_at(i, end);
      if (is_zone(name)) return name;
      if (abbreviated.empty()) abbreviated = std::move(name);
    }
    return abbreviated;
  }

 private:
  Cursor at(std::size_t token) const { return Cursor(std::span(tokens_).subspan(token)); }
  bool tied(std::size_t token) const { return token > 0 && token < tokens_.size() && !tokens_[token].spaced; }

  bool is_in_address(const Token& token) const {
    return std::any_of(addresses_.begin(), addresses_.end(),
                       [&](const auto& each) { return each.first <= token.begin && token.begin < each.second; });
  }

  // A number inside of a version, a fingerprint, a section or a word begins no time.
  bool may_begin(std::size_t i) const {
    if (is_in_address(tokens_[i])) return false;
    if (!tied(i)) return true;
    const Token& before = tokens_[i - 1];
    if (before.kind != TokenKind::sign) return false;
    if (is_sign(before, "(['\"*_~|>,;`")) return true;
    if (is_sign(before, "-")) return i < 2 || before.spaced;
    return is_sign(before, ":") && (i < 2 || before.spaced || tokens_[i - 2].kind == TokenKind::word);
  }

  bool may_end(std::size_t end) const {
    if (end >= tokens_.size() || tokens_[end].spaced) return true;
    const Token& next = tokens_[end];
    if (next.kind != TokenKind::sign) return false;
    if (!is_sign(next, ".:/-+")) return true;
    return end + 1 >= tokens_.size() || tokens_[end + 1].spaced || tokens_[end + 1].kind != TokenKind::number;
  }

  static bool is_whole(const WrittenDate& date) { return date.month != 0 && date.day != 0; }

  // A date that cannot be anything else.
  bool date_at(std::size_t i, std::size_t& end, WrittenDate& date) const {
    Cursor cursor = at(i);
    if (!take_date(cursor, date)) return false;
    end = i + cursor.position();
    if (date.month == 0) return false;
    if (is_whole(date) && date.year) return true;
    const bool by_word =
        std::any_of(tokens_.begin() + static_cast<std::ptrdiff_t>(i), tokens_.begin() + static_cast<std::ptrdiff_t>(end),
                    [](const Token& token) { return token.kind == TokenKind::word && month_called(token.text).has_value(); });
    if (by_word) return date.year || (is_whole(date) && !counts_out(i, end));
    if (date.year) return is_sign(tokens_[i + 1], "-");
    WrittenTime time;
    std::size_t after = end;
    return time_at(after, after, time);
  }

  // "31 out of 57", "3 ago", "2 set": words of English that are months elsewhere.
  bool counts_out(std::size_t i, std::size_t end) const {
    return end == i + 2 && (tokens_[i + 1].is("out") || tokens_[i + 1].is("ago") || tokens_[i + 1].is("set"));
  }

  bool time_at(std::size_t i, std::size_t& end, WrittenTime& time, bool after_date = false) const {
    if (i >= tokens_.size()) return false;
    Cursor cursor = at(i);
    const bool military = after_date && take_military_time(cursor, time);
    if (!military && !take_time(cursor, time)) return false;
    if (!time.minute && time.meridiem == Meridiem::none) return false;  // "24h" is an amount
    end = i + cursor.position();
    return true;
  }

  // An abbreviation counts in capitals only: "est" and "met" are words.
  bool zone_token_at(std::size_t i, std::size_t& end, WrittenZone& zone) const {
    if (i >= tokens_.size()) return false;
    Cursor cursor = at(i);
    if (!take_zone(cursor, simple_.text, zone) || cursor.position() == 0) return false;
    end = i + cursor.position();
    if (tokens_[i].kind != TokenKind::word) return true;
    const char first = raw_[simple_.places[tokens_[i].begin]];
    return first < 'a' || first > 'z' || tokens_[i].is("z");
  }

  bool weekday_at(std::size_t i) const {
    return i < tokens_.size() && tokens_[i].kind == TokenKind::word && tokens_[i].text.size() >= 3 &&
           weekday_called(tokens_[i].text).has_value();
  }

  bool grow(std::size_t i, std::size_t& end, FoundStamp& stamp) const {
    std::size_t at = i;
    if (weekday_at(at)) {
      ++at;
      while (at < tokens_.size() && (is_sign(tokens_[at], ",.") || tokens_[at].is("the") || tokens_[at].is("on"))) ++at;
    }
    if (!part(at, stamp)) return false;
    end = at;
    for (bool more = true; more;) more = extend(end, stamp);
    range(end, stamp);
    return may_end(end);
  }

  // A date or a time of day.
  bool part(std::size_t& at, FoundStamp& stamp) const {
    WrittenDate date;
    WrittenTime time;
    std::size_t end = at;
    if (at >= tokens_.size()) return false;
    if (!stamp.has_time && time_at(at, end, time, stamp.has_date)) {
      stamp.has_time = true;
      at = end;
      return true;
    }
    if (stamp.has_date || !date_at(at, end, date)) return false;
    stamp.has_date = true;
    stamp.has_year = date.year.has_value();
    at = end;
    return true;
  }

  // What may stand between a date and its time.
  std::size_t after_joint(std::size_t at, bool with_dash) const {
    constexpr std::array<std::string_view, 11> joints{"at", "on", "t", "um", "of", "@", ",", "the", "~", "around", "about"};
    while (at < tokens_.size() && (std::find(joints.begin(), joints.end(), tokens_[at].text) != joints.end() || weekday_at(at) ||
                                   (with_dash && tokens_[at].is("-"))))
      ++at;
    return at;
  }

  bool extend(std::size_t& end, FoundStamp& stamp) const {
    WrittenZone zone;
    std::size_t at = end;
    const bool universal = at < tokens_.size() && (tokens_[at].is("utc") || tokens_[at].is("gmt"));
    if (!stamp.has_zone && (stamp.has_time || universal) && zone_token_at(at, at, zone)) {
      stamp.has_zone = true;
      end = at;
      return true;
    }
    if (in_parentheses(end, stamp)) return true;
    if (part(end, stamp)) return true;
    at = after_joint(end, true);
    if (!part(at, stamp)) return false;
    end = at;
    return true;
  }

  // "(UTC)", "(Tuesday)", "(3:00pm EST)", right behind the time.
  bool in_parentheses(std::size_t& end, FoundStamp& stamp) const {
    if (end >= tokens_.size() || !is_sign(tokens_[end], "([")) return false;
    std::size_t at = end + 1;
    WrittenZone zone;
    WrittenTime time;
    if (weekday_at(at + (tokens_[std::min(at, tokens_.size() - 1)].is("a") ? 1 : 0))) at += tokens_[at].is("a") ? 2 : 1;
    else if (zone_token_at(at, at, zone))
      stamp.has_zone = stamp.has_zone || is_sign(tokens_[std::min(at, tokens_.size() - 1)], ")]");
    else if (time_at(at, at, time, true)) {
      while (at < tokens_.size() && !is_sign(tokens_[at], ")]")) ++at;
    } else return false;
    if (at >= tokens_.size() || !is_sign(tokens_[at], ")]")) return false;
    end = at + 1;
    return true;
  }

  // "17:15 to 17:18", "4 March - 6 March 2024".
  void range(std::size_t& end, FoundStamp& stamp) const {
    if (end >= tokens_.size()) return;
    const bool link = tokens_[end].is("-") || tokens_[end].is("to") || tokens_[end].is("through");
    if (!link) return;
    FoundStamp other;
    std::size_t at = end + 1;
    const std::size_t begin = at;
    if (!part(at, other)) return;
    // Of two whole stamps with a dash between them the second may be another column; two times of a day are a range.
    if (other.has_date != stamp.has_date && other.has_date) return;
    while (extend(at, other)) {
    }
    if (begin == at || !may_end(at)) return;
    if (!stamp.has_time && other.has_time) return;
    stamp.has_year = stamp.has_year || other.has_year;
    stamp.has_zone = stamp.has_zone || other.has_zone;
    end = at;
  }

  // "no later than", "around": they belong to the time.
  std::size_t with_words_before(std::size_t begin, std::size_t from, FoundStamp& stamp) const {
    struct Words {
      std::string_view text;
      bool bound;
    };
    constexpr std::array<Words, 19> words{{{"no later than", true},
                                           {"not later than", true},
                                           {"at the latest by", true},
                                           {"on or before", true},
                                           {"on or after", true},
                                           {"prior to", true},
                                           {"end of", false},
                                           {"by", true},
                                           {"until", true},
                                           {"before", true},
                                           {"after", true},
                                           {"since", true},
                                           {"around", false},
                                           {"about", false},
                                           {"approximately", false},
                                           {"approx", false},
                                           {"circa", false},
                                           {"roughly", false},
                                           {"~", false}}};
    for (std::size_t first = begin >= from + 3 ? begin - 3 : from; first < begin; ++first) {
      const std::size_t start = tokens_[first].begin;
      std::string_view before = std::string_view(simple_.text).substr(start, tokens_[begin].begin - start);
      while (before.ends_with(' ') || before.ends_with('.')) before.remove_suffix(1);
      for (const Words& each : words) {
        if (before != each.text) continue;
        stamp.has_bound = stamp.has_bound || each.bound;
        return first;
      }
    }
    return begin;
  }

  std::string zone_at(std::size_t i, std::size_t& end) const {
    WrittenZone zone;
    if (tied(i) && tokens_[i - 1].kind != TokenKind::sign) return {};
    if (tokens_[i].kind != TokenKind::word || is_in_address(tokens_[i]) || tokens_[i].is("z")) return {};
    if (!zone_token_at(i, end, zone)) return {};
    if (!zone.offset_or_name.empty()) return zone.offset_or_name;
    if (std::string offset = by_equation(end); !offset.empty()) return offset;
    std::string written = zone.abbreviation;
    std::transform(written.begin(), written.end(), written.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
    return written;
  }

  // "(= EDT + 5)": an abbreviation explained by another.
  std::string by_equation(std::size_t at) const {
    while (at < tokens_.size() && is_sign(tokens_[at], "([")) ++at;
    if (at + 1 >= tokens_.size() || !tokens_[at].is("=")) return {};
    WrittenZone zone;
    std::size_t end = at + 1;
    if (!zone_token_at(at + 1, end, zone)) return {};
    if (!zone.offset_or_name.empty() && zone.offset_or_name != "UTC") return zone.offset_or_name;
    Seconds offset{0};
    if (zone.offset_or_name.empty()) {
      const auto meaning = abbreviation(zone.abbreviation, date::local_days{});
      if (meaning.offsets.size() != 1 && meaning.out_of_season.empty()) return {};
      offset = meaning.out_of_season.empty() ? meaning.offsets.front() : meaning.literal;
    }
    if (end + 1 < tokens_.size() && is_sign(tokens_[end], "+-") && tokens_[end + 1].is_number(1, 2)) {
      const Seconds hours = std::chrono::hours(tokens_[end + 1].value);
      offset += tokens_[end].is("+") ? hours : -hours;
    }
    return describe_offset(offset);
  }

  std::string_view raw_;
  Simplified simple_;
  std::vector<Token> tokens_;
  std::vector<std::pair<std::size_t, std::size_t>> addresses_;
  std::size_t last_ = 0;
};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Of a date with a year around its first slash, "29/3/2019", where only one order is possible.
std::optional<DateOrder> order_shown_at(std::string_view text, std::size_t slash) {
  std::size_t begin = slash, middle = slash + 1;
  while (begin > 0 && is_digit(text[begin - 1])) --begin;
  while (middle < text.size() && is_digit(text[middle])) ++middle;
  std::size_t end = std::min(middle + 1, text.size());
  while (end < text.size() && is_digit(text[end])) ++end;
  const std::string_view first = text.substr(begin, slash - begin), second = text.substr(slash + 1, middle - slash - 1);
  const bool is_date = middle < text.size() && text[middle] == '/' && !first.empty() && first.size() <= 2 && !second.empty() &&
                       second.size() <= 2 && end - middle == 5;
  const bool is_alone = (begin == 0 || text[begin - 1] != '/') && (end == text.size() || text[end] != '/');
  if (!is_date || !is_alone) return std::nullopt;
  const int left = std::stoi(std::string(first)), right = std::stoi(std::string(second));
  if (left > 12 && left <= 31 && right <= 12) return DateOrder::day_first;
  if (right > 12 && right <= 31 && left <= 12) return DateOrder::month_first;
  return std::nullopt;
}

// "(month/day/year)", "DD/MM/YYYY"
DateOrder stated_order(std::string_view text) {
  const std::string simple = text::simplified(text);
  const auto says = [&simple](std::string_view one, std::string_view other) {
    return simple.find(one) != std::string::npos || simple.find(other) != std::string::npos;
  };
  const bool day_first = says("dd/mm/", "day/month/"), month_first = says("mm/dd/", "month/day/");
  if (day_first == month_first) return DateOrder::unknown;
  return day_first ? DateOrder::day_first : DateOrder::month_first;
}

}  // namespace

std::vector<FoundStamp> find_stamps(std::string_view text) { return Finder(text).stamps(); }

std::string find_zone(std::string_view text) { return Finder(text).zone(); }

DateOrder find_date_order(std::string_view text) {
  if (const DateOrder stated = stated_order(text); stated != DateOrder::unknown) return stated;
  DateOrder found = DateOrder::unknown;
  for (std::size_t slash = text.find('/'); slash != std::string_view::npos; slash = text.find('/', slash + 1)) {
    const auto order = order_shown_at(text, slash);
    if (!order) continue;
    if (found != DateOrder::unknown && found != *order) return DateOrder::unknown;
    found = *order;
  }
  return found;
}

}  // namespace cita
