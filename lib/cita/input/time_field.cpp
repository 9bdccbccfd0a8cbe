#include <cita/input/time_field.hpp>
#include <cita/input/words.hpp>
#include <cita/time/reading.hpp>
#include <cita/yaml/fields.hpp>

#include <algorithm>

namespace cita::input {

namespace {

using yaml::Fields;
using yaml::Node;

constexpr std::string_view how_to_write =
    "write a stamp (2026-05-04T08:10Z), {earliest: …, latest: …} or {after: EVENT, least: P1D, most: P2D}";

// The place of a part of a scalar's text. Quotes stand before it; where the text was escaped or folded the whole scalar
// is meant.
Span part_of(Node node, std::size_t begin, std::size_t end) {
  const Span whole = node.span();
  const std::string_view text = node.text();
  end = std::min(end, text.size());
  const std::size_t start = whole.text().find(text);
  if (begin >= end || start == std::string_view::npos) return whole;
  const auto first = whole.begin + static_cast<std::uint32_t>(start);
  return {whole.source, first + static_cast<std::uint32_t>(begin), first + static_cast<std::uint32_t>(end)};
}

// A mapping on one line, for Stamp::text: "after: full-report, most: P7D".
std::string as_written(Node mapping) {
  std::string text;
  for (std::size_t i = 0; i < mapping.size(); ++i) {
    if (!mapping.item(i).is_scalar()) continue;
    if (!text.empty()) text += ", ";
    text += mapping.key(i);
    text += ": ";
    text += mapping.item(i).text();
  }
  return text;
}

std::optional<Stamp> read_scalar(Node node, const StampContext& context, Draft& draft, int account) {
  const auto text = yaml::scalar_text(node, "a time", draft.diagnostics);
  if (!text) return std::nullopt;
  StampResult result = read_stamp(*text, context);
  if (!result) {
    draft.diagnostics.error(std::move(result.error.code), part_of(node, result.error.begin, result.error.end),
                            std::move(result.error.message), std::move(result.error.help));
    return std::nullopt;
  }
  Stamp& stamp = *result.stamp;
  stamp.text = *text;
  stamp.span = node.span();
  for (const Complaint& complaint : stamp.complaints) {
    if (complaint.code == "zone-unknown" && account != none) {
      // One 'zone:' at the account settles all of them.
      const auto index = static_cast<std::size_t>(account);
      if (draft.zone_was_missed[index]) continue;
      draft.zone_was_missed[index] = true;
    }
    draft.diagnostics.warning(complaint.code, node.span(), complaint.text, complaint.help);
  }
  return std::move(result.stamp);
}

// The unknown clock that the bounds share; 0 when they share none.
std::uint32_t common_clock(const Moment* from, const Moment* to) {
  if (from == nullptr) return to->clock();
  return to == nullptr || to->clock() == from->clock() ? from->clock() : 0;
}

// What an unknown clock showed: the bound without the allowance for the offset. An open side stays open.
Instant on_clock(Instant bound, Seconds allowance) {
  return bound <= open_past || bound >= open_future ? bound : bound + allowance;
}

// From the start of one to the end of the other; a side that is not given is open. Nothing when they are reversed.
std::optional<Moment> bounds(const Moment* from, const Moment* to) {
  const Instant earliest = from != nullptr ? from->earliest() : open_past;
  const Instant latest = to != nullptr ? to->latest() : open_future;
  if (earliest > latest) return std::nullopt;
  const Unit unit = std::max(from != nullptr ? from->unit() : Unit::second, to != nullptr ? to->unit() : Unit::second);
  const std::uint32_t clock = common_clock(from, to);
  if (clock == 0) return Moment::between(earliest, latest, unit);
  return Moment::on_unknown_clock(on_clock(earliest, easternmost), on_clock(latest, westernmost), unit, clock);
}

// Each other way to read one of the bounds is another way to read the whole.
void add_alternatives(Stamp& stamp, const Stamp& forked, const std::optional<Stamp>& from, const std::optional<Stamp>& to) {
  for (const Alternative& other : forked.alternatives) {
    const Moment* first = from ? &from->moment : nullptr;
    const Moment* last = to ? &to->moment : nullptr;
    const bool is_first = from && &forked == &*from;
    const auto moment = bounds(is_first ? &other.moment : first, is_first ? last : &other.moment);
    if (moment) stamp.alternatives.push_back({*moment, other.label});
  }
  if (!forked.label.empty()) stamp.label = forked.label;
}

void take_notes(Stamp& stamp, const Stamp& part) {
  const auto add_new = [](auto& to, const auto& from) {
    for (const auto& note : from)
      if (std::find(to.begin(), to.end(), note) == to.end()) to.push_back(note);
  };
  add_new(stamp.assumptions, part.assumptions);
  add_new(stamp.complaints, part.complaints);
}

std::optional<TimeRef> read_bounds(Node node, int account, Draft& draft) {
  Fields fields(node, "a time", draft.diagnostics);
  const Node earliest = fields.node("earliest"), latest = fields.node("latest");
  fields.done();
  const auto from = earliest ? read_stamp_of(earliest, account, draft) : std::nullopt;
  const auto to = latest ? read_stamp_of(latest, account, draft) : std::nullopt;
  if ((earliest && !from) || (latest && !to)) return std::nullopt;
  if (!from && !to) {
    draft.diagnostics.error("not-a-time", node.span(), "neither bound says anything", "write 'earliest', 'latest' or both");
    return std::nullopt;
  }
  const auto moment = bounds(from ? &from->moment : nullptr, to ? &to->moment : nullptr);
  if (!moment) {
    draft.diagnostics.error("bounds-reversed", node.span(), "'earliest' is later than 'latest'", "exchange the two");
    return std::nullopt;
  }
  TimeRef time;
  time.stamp.moment = *moment;
  time.stamp.text = as_written(node);
  time.stamp.span = node.span();
  for (const auto* part : {&from, &to}) {
    if (!*part) continue;
    take_notes(time.stamp, **part);
    add_alternatives(time.stamp, **part, from, to);
  }
  return time;
}

Unit unit_of(std::string_view duration) {
  const bool time = duration.find('T') != std::string_view::npos;
  switch (duration.back()) {
    case 'S': return Unit::second;
    case 'M': return time ? Unit::minute : Unit::month;
    case 'H': return Unit::hour;
    case 'Y': return Unit::year;
    default: return Unit::day;
  }
}

std::optional<Limit> read_duration(Node node, Relative& relative, Draft& draft) {
  if (!node) return std::nullopt;
  const auto text = yaml::scalar_text(node, "a duration", draft.diagnostics);
  if (!text) return std::nullopt;
  const auto limit = parse_duration(*text);
  if (limit) relative.unit = std::max(relative.unit, unit_of(*text));
  else
    draft.diagnostics.error("not-a-duration", node.span(), "'" + std::string(*text) + "' is not a duration",
                            "write ISO 8601 with one unit: PT36H, P7D, P2W, P3M");
  return limit;
}

int read_mention(Node node, Draft& draft) {
  if (!node) return none;
  const auto name = read_id(node, "the name of an event", draft.diagnostics);
  return name ? draft.mention(*name, node.span()) : none;
}

// The longest that a limit can last, to compare days with months.
std::int64_t at_most(const Limit& limit) {
  return limit.kind == LimitKind::months ? limit.amount * longest(Unit::month).count() : limit.amount;
}

std::optional<TimeRef> read_relative(Node node, Draft& draft) {
  Fields fields(node, "a relative time", draft.diagnostics);
  Relative relative;
  relative.unit = Unit::second;
  const Node after = fields.node("after"), before = fields.node("before");
  const Node least = fields.node("least"), most = fields.node("most");
  fields.done();
  relative.after = read_mention(after, draft);
  relative.before = read_mention(before, draft);
  relative.least = read_duration(least, relative, draft);
  relative.most = read_duration(most, relative, draft);
  if (!after && !before) {
    draft.diagnostics.error("not-a-time", node.span(), "this names no event", std::string(how_to_write));
    return std::nullopt;
  }
  if (!after && (least || most))
    draft.diagnostics.error("not-a-time", (least ? least : most).span(), "'least' and 'most' are counted from 'after'",
                            "name the event after which this was: {after: EVENT, most: P7D}");
  if (relative.least && relative.most && at_most(*relative.least) > at_most(*relative.most))
    draft.diagnostics.error("bounds-reversed", node.span(), "'least' is longer than 'most'", "exchange the two");
  TimeRef time;
  time.stamp.text = as_written(node);
  time.stamp.span = node.span();
  time.relative = relative;
  return time;
}

}  // namespace

std::optional<Stamp> read_stamp_of(Node node, int account, Draft& draft) {
  const Account& teller = draft.incident.accounts[static_cast<std::size_t>(account)];
  StampContext context;
  context.year = teller.year;
  context.zone = teller.zone;
  context.clock = static_cast<std::uint32_t>(account) + 1;
  return read_scalar(node, context, draft, account);
}

std::optional<Stamp> read_utc_stamp(Node node, Draft& draft) {
  StampContext context;
  context.zone = "UTC";
  return read_scalar(node, context, draft, none);
}

std::optional<TimeRef> read_time(Node node, int account, Draft& draft) {
  if (!node.is_mapping()) {
    if (node.is_sequence()) {
      draft.diagnostics.error("wrong-type", node.span(), "a time cannot be a list", std::string(how_to_write));
      return std::nullopt;
    }
    auto stamp = read_stamp_of(node, account, draft);
    if (!stamp) return std::nullopt;
    return TimeRef{std::move(*stamp), std::nullopt};
  }
  for (const std::string_view key : {"after", "before", "least", "most"})
    if (node.find(key)) return read_relative(node, draft);
  return read_bounds(node, account, draft);
}

}  // namespace cita::input
