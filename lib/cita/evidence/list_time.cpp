#include <cita/evidence/list_time.hpp>
#include <cita/time/reading.hpp>

#include <array>

namespace cita::evidence {

namespace {

constexpr Seconds day_long{86'400};

// The number in some places of a text; -1 where one is no digit.
template <std::size_t Digits>
int number(const char* text) {
  int value = 0;
  unsigned wrong = 0;
  for (std::size_t i = 0; i < Digits; ++i) {
    const unsigned digit = static_cast<unsigned char>(text[i]) - static_cast<unsigned>('0');
    wrong |= static_cast<unsigned>(digit > 9);
    value = value * 10 + static_cast<int>(digit);
  }
  return wrong != 0 ? -1 : value;
}

bool is_zulu(std::string_view zone) { return zone == "Z" || zone == " UTC" || zone == " Z" || zone == "+00:00"; }

// "2026-03-20", then nothing or "T12:34:56" or " 12:34:56", then nothing or the zone. No answer is not a mistake: others read on.
std::optional<Bounds> usual(std::string_view text, bool in_utc) {
  constexpr std::size_t date_size = 10, time_size = 19;
  if (text.size() < date_size || text[4] != '-' || text[7] != '-') return std::nullopt;
  const int year = number<4>(text.data()), month = number<2>(text.data() + 5), day = number<2>(text.data() + 8);
  if (year < 0 || month < 0 || day < 0) return std::nullopt;
  const auto unsigned_of = [](int value) { return static_cast<unsigned>(value); };
  if (text.size() == date_size) {
    const auto start = in_utc ? instant_of(year, unsigned_of(month), unsigned_of(day), 0, 0, 0) : std::nullopt;
    if (!start) return std::nullopt;
    return Bounds{*start, *start + day_long - Seconds{1}};
  }
  if (text.size() < time_size || (text[10] != 'T' && text[10] != ' ') || text[13] != ':' || text[16] != ':') return std::nullopt;
  const std::string_view zone = text.substr(time_size);
  if (!(zone.empty() ? in_utc : is_zulu(zone))) return std::nullopt;
  const int hour = number<2>(text.data() + 11), minute = number<2>(text.data() + 14), second = number<2>(text.data() + 17);
  if (hour < 0 || minute < 0 || second < 0) return std::nullopt;
  const auto instant =
      instant_of(year, unsigned_of(month), unsigned_of(day), unsigned_of(hour), unsigned_of(minute), unsigned_of(second));
  if (!instant) return std::nullopt;
  return Bounds::exact(*instant);
}

}  // namespace

std::optional<Instant> instant_of(int year, unsigned month, unsigned day, unsigned hour, unsigned minute, unsigned second) {
  constexpr std::array<std::uint8_t, 13> month_days{0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (year < 0 || month < 1 || month > 12 || day < 1 || day > month_days[month]) return std::nullopt;
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  if (hour > 23 || minute > 59 || second > 59 || (month == 2 && day == 29 && !leap)) return std::nullopt;
  const date::sys_days days{date::year{year} / static_cast<int>(month) / static_cast<int>(day)};
  return Instant{days} + std::chrono::hours{hour} + std::chrono::minutes{minute} + Seconds{second};
}

std::optional<Bounds> TimeReader::read(std::string_view text) {
  if (const auto bounds = usual(text, zone_ == "UTC")) return bounds;
  constexpr std::size_t longest = 100;
  if (text.empty() || text.size() > longest) return std::nullopt;
  if (text == last_text_) return last_;
  last_text_ = text;
  last_.reset();
  StampContext context;
  context.zone = zone_;
  if (const StampResult result = read_stamp(text, context); result && result.stamp->alternatives.empty())
    last_ = Bounds{result.stamp->moment.earliest(), result.stamp->moment.latest()};
  return last_;
}

}  // namespace cita::evidence
