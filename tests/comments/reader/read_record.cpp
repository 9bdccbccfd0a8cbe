// What the reader of bugs takes each comment, each promise and each Next update date for, as JSON: read_record BUG.json [ROSTER]
#include <cita/input/bug_reading.hpp>
#include <cita/time/format.hpp>

#include <fstream>
#include <iostream>
#include <iterator>
#include <nlohmann/json.hpp>

using namespace cita;
using nlohmann::json;

namespace {

std::shared_ptr<const Source> load(const char* path) {
  std::ifstream file(path, std::ios::binary);
  return std::make_shared<const Source>(path, std::string(std::istreambuf_iterator<char>(file), {}));
}

json bounds(const Moment& moment) {
  return {moment.is_open_before() ? "-" : rfc3339(moment.earliest()), moment.is_open_after() ? "-" : rfc3339(moment.latest())};
}

json written(const Promise& promise) {
  json made = {{"text", promise.text}, {"of_post", promise.of_post}, {"assumed", promise.assumed}};
  if (promise.within) made["within"] = describe(*promise.within);
  if (promise.by) {
    made["by"] = bounds(promise.by->moment);
    for (const auto& other : promise.by->alternatives) made["or"].push_back(bounds(other.moment));
  }
  return made;
}

json written(const Author& author) {
  return {{"role", author.role ? json(name(*author.role)) : json()}, {"certainty", name(author.certainty)}};
}

json written(const ReadComment& comment) {
  json made = {{"number", comment.number()}, {"author", written(comment.author)},
               {"kind", name(comment.kind)}, {"certainty", name(comment.certainty)},
               {"because", comment.because}, {"answers", json::array()},
               {"promises", json::array()}};
  for (const AnswerTo& each : comment.answers) made["answers"].push_back({each.comment, name(each.certainty)});
  for (const Promise& each : comment.promises) made["promises"].push_back(written(each));
  return made;
}

json written(const NextUpdate& update) {
  json made = {{"text", update.text}, {"by", written(update.by)}, {"problem", update.problem}};
  if (update.date) made["date"] = bounds(update.date->moment);
  return made;
}

json written(const BugReading& reading) {
  json made = {{"id", reading.bug->id}, {"comments", json::array()}, {"next_updates", json::array()}};
  for (const ReadComment& each : reading.comments) made["comments"].push_back(written(each));
  for (const NextUpdate& each : reading.next_updates) made["next_updates"].push_back(written(each));
  return made;
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 2) return 2;
  Diagnostics diagnostics;
  const std::vector<BugRecord> bugs = read_bugzilla({load(arguments[1])}, diagnostics);
  const Roster roster = count > 2 ? read_roster(load(arguments[2]), diagnostics).value_or(Roster()) : Roster();
  json all = json::array();
  for (const BugRecord& each : bugs) all.push_back(written(read_bug(each, roster)));
  for (const Diagnostic& each : diagnostics.all()) std::cerr << each.message << '\n';
  std::cout << all.dump() << '\n';
  return diagnostics.has_errors() ? 2 : 0;
}
