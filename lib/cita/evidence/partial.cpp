#include <cita/evidence/partial.hpp>
#include <cita/evidence/words.hpp>
#include <cita/version.hpp>

#include <openssl/sha.h>

#include <algorithm>

namespace cita::evidence {

template <>
inline constexpr std::size_t values_of<ListProblem> = list_problem_count;
template <>
inline constexpr std::size_t values_of<Disagreement> = disagreement_count;
template <>
inline constexpr std::size_t values_of<Channel> = channel_count;

// What is written down of each; a list knows its number when all are put together.
static auto parts_of(NamedLine& row) { return std::tie(row.digest, row.line); }
static auto parts_of(Bounds& bounds) { return std::tie(bounds.first, bounds.last); }
static auto parts_of(CountRange& range) { return std::tie(range.least, range.most); }
static auto parts_of(ListFault& fault) { return std::tie(fault.problem, fault.line, fault.column, fault.field, fault.value); }
static auto parts_of(LateCertificate& late) { return std::tie(late.line, late.digest, late.least, late.most); }
static auto parts_of(DisagreeingRow& row) { return std::tie(row.what, row.channel, row.line, row.listed); }
static auto parts_of(IssuedRow& row) { return std::tie(row.issued, row.line); }
static auto parts_of(RevocationTally::FirstShown& shown) { return std::tie(shown.count, shown.after); }
static auto parts_of(RevocationTimes& times) { return std::tie(times.by_hour, times.by_day, times.undated); }
static auto parts_of(GroupTally& group) {
  return std::tie(group.rows, group.clocks, group.times, group.restrained, group.restrained_late, group.revoked, group.expired,
                  group.last_revoked);
}
static auto parts_of(ListSummary& summary) {
  return std::tie(summary.rows, summary.unreadable, summary.faults, summary.named, *summary.tally);
}

static bool is_sound(const RevocationTimes& times) {
  const auto are_shown = [](const NumberCounts& counts, auto unit) {
    const auto all = counts.all();
    return std::all_of(all.begin(), all.end(), [&](const auto& each) { return words::is_shown(Instant{unit * each.first}); });
  };
  return are_shown(times.by_hour, std::chrono::hours{1}) && are_shown(times.by_day, date::days{1});
}

namespace {

constexpr std::string_view format = "cita-partial/1";

// The rows of one list, by name, beside what they add up to.
class NamedRows : public RowSum {
 public:
  NamedRows(const TallyOptions& options, std::uint32_t file) : tally(std::make_unique<RevocationTally>(options)), file_(file) {}

  void begin(std::uint32_t /*file*/) override { tally->begin(file_); }
  void add(const ListRow& row) override {
    if (row.digest) named.push_back({*row.digest, row.line});
    tally->add(row);
  }
  void finish() override { tally->finish(); }
  void append(const RowSum& other, std::uint32_t file, std::uint64_t lines_before) override {
    const auto& later = static_cast<const NamedRows&>(other);
    for (const NamedLine& each : later.named) named.push_back({each.digest, each.line + lines_before});
    tally->append(*later.tally, file, lines_before);
  }

  std::vector<NamedLine> named;
  std::unique_ptr<RevocationTally> tally;

 private:
  std::uint32_t file_;  // as the tally's options know it
};

// What stands in front of the numbers of a record.
struct Head {
  std::string made_by;
  Conditions conditions;
  std::string list;
  bool failed = false;

  explicit Head(WordReader& in) {
    in.word();
    in.read(made_by);
    if (made_by == version) in.read(conditions);
    if (made_by == version) in.read(list);
    failed = in.failed();
  }
};

// Which condition a record was not made with.
std::string difference(const Conditions& theirs, const Conditions& ours) {
  for (std::size_t i = 0; i < std::max(theirs.size(), ours.size()); ++i) {
    if (i < theirs.size() && i < ours.size() && theirs[i] == ours[i]) continue;
    if (i >= theirs.size() || i >= ours.size() || theirs[i].first != ours[i].first) return "it was made with other options";
    const auto shown = [](const std::string& value) { return value.empty() ? "none" : "'" + value + "'"; };
    return "it was made with another " + ours[i].first + ": " + shown(theirs[i].second) + ", and not " + shown(ours[i].second);
  }
  return {};
}

}  // namespace

std::string fingerprint_of(std::string_view bytes) {
  Digest digest;
  SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), digest.data());
  return hex(digest);
}

std::string Summaries::read(const std::string& path, std::uint32_t file) {
  ListReading reading = read_lists({path}, *how_, [&] { return std::make_unique<NamedRows>(*tally_, file); });
  if (!reading.unopened.empty()) return reading.unopened.front();
  auto& rows = static_cast<NamedRows&>(*reading.sum);
  return add({path, reading.rows, reading.unreadable, std::move(reading.faults), std::move(rows.named), std::move(rows.tally)});
}

std::string Summaries::add(ListSummary summary) {
  const std::string list = summary.list;
  return summaries_.emplace(list, std::move(summary)).second ? std::string() : "the list " + list + " is there already";
}

std::string Summaries::record_of(ListSummary& summary) {
  WordWriter out;
  out.word(format);
  std::string made_by = version;
  out.write(made_by);
  out.write(conditions_);
  out.write(summary.list);
  out.write(parts_of(summary));
  out.word(fingerprint_of(out.text()));
  return out.text() + "\n";
}

bool Summaries::begins_record(std::string_view text) { return text.starts_with(format) && text.substr(format.size(), 1) == " "; }

std::string Summaries::list_of(std::string_view line) {
  WordReader in(line);
  return Head(in).list;
}

std::string Summaries::add(std::string_view line) {
  const std::size_t end = line.rfind(' ');
  if (!begins_record(line)) return "it is no partial answer of cita certs";
  if (fingerprint_of(line.substr(0, end)) != line.substr(end + 1)) return "it is cut short, or was changed";
  WordReader in(line.substr(0, end));
  Head head(in);
  if (head.made_by != version) return "it was made by another version of cita: '" + head.made_by + "'";
  if (head.failed) return "it is not what cita certs writes";
  if (std::string what = difference(head.conditions, conditions_); !what.empty()) return what;
  ListSummary summary;
  summary.list = std::move(head.list);
  summary.faults = ListFaults(how_->faults_kept);
  summary.tally = std::make_unique<RevocationTally>(*tally_);
  in.read(parts_of(summary));
  if (in.failed() || !in.at_end()) return "it is not what cita certs writes";
  return add(std::move(summary));
}

std::string Summaries::records() {
  std::string all;
  for (auto& [list, summary] : summaries_) all += record_of(summary);
  return all;
}

ListReading Summaries::put_together() {
  ListReading reading;
  reading.faults = ListFaults(how_->faults_kept);
  auto sum = std::make_unique<RevocationTally>(*tally_);
  std::vector<std::vector<NamedLine>> named;
  std::vector<std::uint64_t> firsts;  // the place of each list's first row
  Duplicates all(how_->duplicates_memory);
  std::uint64_t place = 0;
  for (auto& [list, summary] : summaries_) {
    const auto file = static_cast<std::uint32_t>(named.size());
    reading.rows += summary.rows;
    reading.unreadable += summary.unreadable;
    reading.faults.append(summary.faults, file, 0);
    sum->append(*summary.tally, file, 0);
    firsts.push_back(place);
    for (const NamedLine& row : summary.named) all.add(beginning_of(row.digest), place++);
    named.push_back(std::move(summary.named));
  }
  summaries_.clear();
  reading.sum = std::move(sum);
  const auto at = [&](std::uint64_t wanted) {
    const auto file = std::prev(std::upper_bound(firsts.begin(), firsts.end(), wanted)) - firsts.begin();
    const auto index = static_cast<std::size_t>(file);
    return std::pair(static_cast<std::uint32_t>(file), &named[index][static_cast<std::size_t>(wanted - firsts[index])]);
  };
  const auto groups = all.find([&](std::uint64_t wanted, DigestBeginning) { return std::optional(at(wanted).second->digest); });
  reading.duplicated = groups.size();
  for (const DuplicateGroup& group : groups) {
    reading.duplicate_rows += group.places.size() - 1;
    if (reading.duplicates.size() == how_->duplicates_kept) continue;
    DuplicateRows& rows = reading.duplicates.emplace_back();
    rows.digest = group.digest;
    for (std::size_t i = 0; i < std::min(group.places.size(), how_->duplicates_kept); ++i) {
      const auto [file, row] = at(group.places[i]);
      rows.places.push_back({file, row->line});
    }
  }
  return reading;
}

}  // namespace cita::evidence
