// cita when TEXT…: how cita reads a stamp: its bounds, what was assumed, what is wrong with it.
#include "command.hpp"

#include <cita/base/text.hpp>
#include <cita/time/format.hpp>
#include <cita/time/notation.hpp>
#include <cita/time/reading.hpp>
#include <cita/time/zone.hpp>

#include <nlohmann/json.hpp>

#include <iostream>

namespace cita::tool {

namespace {

using Json = nlohmann::ordered_json;

struct Options {
  std::vector<std::string> texts;
  std::string zone, date, format = "text";
  std::optional<int> year;
};

Json side(Instant instant) { return instant <= open_past || instant >= open_future ? Json() : Json(rfc3339(instant)); }
Json bounds(const Moment& moment) {
  return {{"earliest", side(moment.earliest())}, {"latest", side(moment.latest())}, {"unit", name(moment.unit())}};
}

Json as_json(const std::string& text, const StampResult& result) {
  Json json = {{"text", text}, {"readable", static_cast<bool>(result)}};
  if (!result) {
    json["error"] = {{"code", result.error.code}, {"message", result.error.message}, {"help", result.error.help}};
    return json;
  }
  const Stamp& stamp = *result.stamp;
  json.update(bounds(stamp.moment));
  json["assumptions"] = Json::array();
  for (const Assumption& each : stamp.assumptions) json["assumptions"].push_back(each.text);
  json["complaints"] = Json::array();
  for (const Complaint& each : stamp.complaints)
    json["complaints"].push_back({{"code", each.code}, {"message", each.text}, {"help", each.help}});
  json["believes"] = stamp.label;
  json["alternatives"] = Json::array();
  for (const Alternative& each : stamp.alternatives) {
    Json alternative = bounds(each.moment);
    alternative["believes"] = each.label;
    json["alternatives"].push_back(alternative);
  }
  return json;
}

std::string as_text(const std::string& text, const StampResult& result) {
  std::string out = text::shown(text) + "\n";
  const auto line = [&out](std::string_view label, std::string_view content) {
    if (!content.empty()) out += "  " + std::string(label) + text::shown(content) + "\n";
  };
  if (!result) {
    line("error: ", result.error.message);
    line("help: ", result.error.help);
    return out;
  }
  const Stamp& stamp = *result.stamp;
  line("", show(stamp.moment));
  const auto ends = [](const Moment& moment) {
    return (moment.is_open_before() ? std::string("open") : rfc3339(moment.earliest())) + " … " +
           (moment.is_open_after() ? std::string("open") : rfc3339(moment.latest()));
  };
  line("bounds: ", ends(stamp.moment));
  for (const Assumption& each : stamp.assumptions) line("assumed: ", each.text);
  for (const Complaint& each : stamp.complaints) {
    line("complaint: ", each.text);
    line("help: ", each.help);
  }
  if (!stamp.alternatives.empty()) line("taken: ", stamp.label);
  for (const Alternative& each : stamp.alternatives) line("or: ", ends(each.moment) + ", if " + each.label);
  return out;
}

std::optional<StampContext> context(const Options& options) {
  StampContext result;
  result.year = options.year;
  result.zone = options.zone;
  if (!options.zone.empty() && !is_zone(options.zone)) {
    complain("there is no zone '" + options.zone + "'; write UTC, +02:00 or Europe/Berlin");
    return std::nullopt;
  }
  if (options.date.empty()) return result;
  StampContext utc;
  utc.zone = "UTC";
  const StampResult day = read_notation(options.date, utc);
  if (!day || day.stamp->moment.unit() != Unit::day) {
    complain("--date '" + options.date + "' is not a date; write it as 2026-05-04");
    return std::nullopt;
  }
  result.date = date::local_days{date::floor<date::days>(day.stamp->moment.earliest()).time_since_epoch()};
  return result;
}

int run(Options options) {
  const auto known = context(options);
  if (!known) return exit_unusable;
  if (options.texts.empty() || (options.texts.size() == 1 && options.texts.front() == "-")) {
    options.texts.clear();
    for (std::string line; std::getline(std::cin, line);)
      if (!line.empty()) options.texts.push_back(line);
  }
  if (options.texts.empty()) {
    complain("there is no stamp to read");
    return exit_nothing;
  }
  bool all_readable = true;
  Json all = Json::array();
  for (const std::string& text : options.texts) {
    const StampResult result = read_stamp(text, *known);
    all_readable = all_readable && result;
    if (options.format == "json") all.push_back(as_json(text, result));
    else std::cout << as_text(text, result);
  }
  if (options.format == "json") std::cout << all.dump(2, ' ', true, Json::error_handler_t::replace) << '\n';
  return all_readable ? exit_good : exit_unusable;
}

}  // namespace

void add_when(CLI::App& app, int& status) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand("when", "Show how cita reads a timestamp: the bounds, the assumptions, the complaints");
  command->add_option("TEXT", options->texts, "Stamps as people write them; without any, one a line from standard input");
  command->add_option("--zone", options->zone, "The zone of stamps that have none: UTC, +02:00, Europe/Berlin");
  command->add_option("--year", options->year, "The year of stamps that have none")->check(CLI::Range(1950, 2200));
  command->add_option("--date", options->date, "The date of stamps that are only a time")->type_name("YYYY-MM-DD");
  command->add_option("--format", options->format, "text or json")->check(CLI::IsMember({"text", "json"}))->capture_default_str();
  command->footer("Exit codes: 0 every stamp could be read; 2 one could not; 3 there was none.");
  command->callback([options, &status] { status = run(*options); });
}

}  // namespace cita::tool
