// A time as somebody wrote it: bounds that are in order, or an error that stands inside the text. What the readers of lists
// make of it is what the reader of stamps makes of it.
#include "fuzz.hpp"

#include <cita/evidence/list_time.hpp>
#include <cita/time/notation.hpp>
#include <cita/time/reading.hpp>

using namespace cita;

namespace {

void require_good(const StampResult& result, std::string_view text) {
  if (!result) {
    fuzz::require(!result.error.message.empty(), "an error says what is wrong");
    fuzz::require(result.error.begin <= result.error.end && result.error.end <= text.size(), "an error stands inside the text");
    return;
  }
  fuzz::require(result.stamp->moment.earliest() <= result.stamp->moment.latest(), "the bounds are in order");
  for (const Alternative& each : result.stamp->alternatives)
    fuzz::require(each.moment.earliest() <= each.moment.latest(), "the bounds of an alternative are in order");
}

void require_same_in_lists(const StampResult& result, std::string_view text, std::string_view zone) {
  constexpr std::size_t longest_date = 100;
  std::optional<evidence::Bounds> expected;
  if (result && result.stamp->alternatives.empty() && text.size() <= longest_date)
    expected = {result.stamp->moment.earliest(), result.stamp->moment.latest()};
  fuzz::require(evidence::TimeReader(std::string(zone)).read(text) == expected, "a list's date is the same time");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = fuzz::bytes_of(data, size);
  for (const std::string_view zone : {"", "UTC", "Europe/Berlin"}) {
    StampContext context;
    context.zone = zone;
    const StampResult result = read_stamp(text, context);
    require_good(result, text);
    require_same_in_lists(result, text, zone);
    require_good(read_notation(text, context), text);
    context.year = 2020;
    context.date = date::local_days(date::year(2020) / 2 / 27);
    require_good(read_stamp(text, context), text);
  }
  return 0;
}
