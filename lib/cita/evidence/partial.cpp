#include <cita/evidence/byte_source.hpp>
#include <cita/evidence/partial.hpp>
#include <cita/evidence/sha256.hpp>
#include <cita/evidence/words.hpp>
#include <cita/version.hpp>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <type_traits>

namespace cita::evidence {

template <>
inline constexpr std::size_t values_of<ListProblem> = list_problem_count;
template <>
inline constexpr std::size_t values_of<Disagreement> = disagreement_count;
template <>
inline constexpr std::size_t values_of<Channel> = channel_count;
template <>
inline constexpr std::size_t values_of<ListForm> = static_cast<std::size_t>(ListForm::links) + 1;
template <>
inline constexpr std::size_t values_of<Claim> = static_cast<std::size_t>(Claim::expired) + 1;
template <>
inline constexpr std::size_t values_of<Doubt> = doubt_count;
template <>
inline constexpr std::size_t values_of<CrlReason> = static_cast<std::size_t>(CrlReason::aa_compromise) + 1;

// What is written down of each; a list knows its number when all are put together.
static auto parts_of(NamedLine& row) { return std::tie(row.digest, row.line); }
static auto parts_of(Bounds& bounds) { return std::tie(bounds.first, bounds.last); }
static auto parts_of(CountRange& range) { return std::tie(range.least, range.most); }
static auto parts_of(ListFault& fault) { return std::tie(fault.problem, fault.line, fault.column, fault.field, fault.value); }
static auto parts_of(LateCertificate& late) { return std::tie(late.line, late.digest, late.least, late.most); }
static auto parts_of(OpenCertificate& open) { return std::tie(open.line, open.digest, open.doubt, open.claim, open.date); }
static auto parts_of(DisagreeingRow& row) {
  return std::tie(row.what, row.channel, row.line, row.said, row.said_reason, row.listed, row.listed_reason, row.after,
                  row.required);
}
static auto parts_of(IssuedRow& row) { return std::tie(row.issued, row.line); }
static auto parts_of(IssuanceExtremes& issued) {
  return std::tie(issued.first, issued.last, issued.surely_first, issued.surely_last);
}
static auto parts_of(RevocationTally::FirstShown& shown) { return std::tie(shown.count, shown.after); }
static auto parts_of(RevocationTimes& times) { return std::tie(times.by_hour, times.by_day); }
static auto parts_of(RevocationHistory& history) {
  return std::tie(history.met, history.late, history.open, history.several_days, history.undated, history.contradictory);
}
static auto parts_of(GroupTally& group) {
  return std::tie(group.rows, group.clocks, group.publications, group.history, group.restrained, group.restrained_late,
                  group.revoked, group.expired, group.last_revoked);
}
static auto parts_of(ListSummary& summary) {
  return std::tie(summary.lines, summary.rows, summary.unreadable, summary.form, summary.faults, *summary.tally);
}

static bool is_sound(const RevocationTimes& times) {
  const auto are_shown = [](const NumberCounts& counts, auto unit) {
    const auto all = counts.all();
    return std::all_of(all.begin(), all.end(), [&](const auto& each) { return words::is_shown(Instant{unit * each.first}); });
  };
  return are_shown(times.by_hour, std::chrono::hours{1}) && are_shown(times.by_day, date::days{1});
}

static bool is_sound(const DisagreeingRow& row) {
  const bool is_dated = row.what != Disagreement::not_listed && row.what != Disagreement::claimed_reason;
  return (!is_dated || row.listed) && (row.what != Disagreement::back_dated || row.after);
}

namespace {

constexpr std::string_view any_format = "cita-partial/", format = "cita-partial/7";
constexpr std::string_view other_version = "it was made by another version of cita",
                           not_a_record = "it is no partial answer of cita certs",
                           not_written_so = "it is not what cita certs writes";

// The rows of one list, by name, beside what they add up to.
class NamedRows : public RowSum {
 public:
  using Keep = std::function<void(const NamedLine& row)>;

  NamedRows(const TallyOptions& options, std::uint32_t file, const Keep& keep)
      : tally(std::make_unique<RevocationTally>(options)), file_(file), keep_(keep) {}

  void begin(std::uint32_t /*file*/) override { tally->begin(file_); }
  void add(const ListRow& row) override {
    if (row.digest) named_.push_back({*row.digest, row.line});
    tally->add(row);
  }
  void finish() override { tally->finish(); }
  void append(const RowSum& other, std::uint32_t file, std::uint64_t lines_before) override {
    const auto& later = static_cast<const NamedRows&>(other);
    for (const NamedLine& each : later.named_) keep_({each.digest, each.line + lines_before});
    tally->append(*later.tally, file, lines_before);
  }

  std::unique_ptr<RevocationTally> tally;

 private:
  std::uint32_t file_;  // as the tally's options know it
  const Keep& keep_;    // takes the rows of all parts in their order
  std::vector<NamedLine> named_;
};

// What stands in front of the numbers of a record.
struct Head {
  std::string made_by;
  Conditions conditions;
  std::string list;
  Piece piece;
  bool failed = false;

  explicit Head(WordReader& in) {
    in.read(made_by);
    if (made_by == version) in.read(conditions);
    if (made_by == version) in.read(list);
    if (made_by == version) in.read(piece);
    failed = in.failed();
  }
};

// Which condition a record was not made with, or with what else.
std::string difference(const Conditions& theirs, const Conditions& ours) {
  using Condition = Conditions::value_type;
  const auto without = [](const Condition& each) { return "it was made without the " + each.first + " '" + each.second + "'"; };
  const auto with = [](const Condition& each) {
    return "it was made with the " + each.first + " '" + each.second + "', which is not given here";
  };
  // The first that the one has more often than the other.
  const auto more_of = [](const Conditions& in, const Conditions& than, const auto& is_asked_for) {
    const auto count = [](const Conditions& of, const Condition& what) { return std::count(of.begin(), of.end(), what); };
    return std::find_if(in.begin(), in.end(), [&](const Condition& each) {
      return is_asked_for(each) && !each.second.empty() && count(in, each) > count(than, each);
    });
  };
  const auto any = [](const Condition&) { return true; };
  const auto their = more_of(theirs, ours, any);
  if (their == theirs.end()) {
    const auto our = more_of(ours, theirs, any);
    return our == ours.end() ? std::string() : without(*our);
  }
  const auto instead = more_of(ours, theirs, [&](const Condition& each) { return each.first == their->first; });
  if (instead == ours.end()) return with(*their);
  return "it was made with another " + their->first + ": '" + their->second + "', and not '" + instead->second + "'";
}

// The lines of a file, each in pieces.
class Lines {
 public:
  explicit Lines(ByteSource& source) : source_(source) {}

  // Goes to the next line, once the one before has ended; false where there is none.
  bool next_line() {
    if (at_ == end_ && !fill()) return false;
    has_ended_ = false;
    return true;
  }
  // The next piece of the line; empty at its end.
  std::string_view next_piece() {
    if (has_ended_ || (at_ == end_ && !fill())) return {};
    const char* const begin = memory_.data() + at_;
    const void* const feed = std::memchr(begin, '\n', end_ - at_);
    has_ended_ = feed != nullptr;
    const std::size_t size = has_ended_ ? static_cast<std::size_t>(static_cast<const char*>(feed) - begin) : end_ - at_;
    at_ += size + (has_ended_ ? 1 : 0);
    return {begin, size};
  }
  std::uint64_t bytes_read() const { return bytes_read_; }

 private:
  bool fill() {
    at_ = 0;
    end_ = source_.read_on(memory_.data(), memory_.size());
    bytes_read_ += end_;
    has_ended_ = has_ended_ || end_ == 0;
    return end_ > 0;
  }

  ByteSource& source_;
  std::string memory_ = std::string(std::size_t{1} << 16U, '\0');
  std::size_t at_ = 0, end_ = 0;
  std::uint64_t bytes_read_ = 0;
  bool has_ended_ = true;
};

std::string of_piece(const std::string& list, std::uint64_t begin) {
  return "of the list " + list + " the piece from " + std::to_string(begin) + " on";
}

}  // namespace

// A record as it comes. Its last word is the hash of all that stands in front of it.
class Summaries::RecordText {
 public:
  explicit RecordText(std::function<std::string_view()> next) : next_(std::move(next)) {}

  bool more(std::string_view& rest) {
    if (rest.size() > longest_word) return false;
    const std::string_view piece = take();
    if (piece.empty()) return false;
    text_ = std::string(rest).append(piece);
    rest = text_;
    return true;
  }
  // Goes on to its end.
  void skip() {
    while (!take().empty()) {
    }
    // Hadoop Streaming puts a tab behind a line without a value.
    last_.erase(last_.find_last_not_of("\r\t") + 1);
  }
  bool is_blank() const { return !has_words_ && last_.empty(); }
  bool is_whole() { return last_ == " " + hex(hash_.finish()); }

 private:
  static constexpr std::size_t longest_word = std::size_t{1} << 20U;

  std::string_view take() {
    const std::string_view piece = next_();
    const std::size_t space = piece.rfind(' ');
    if (space != std::string_view::npos || last_.size() > longest_word) {
      has_words_ = true;
      hash_.add(last_);
      last_.clear();
    }
    if (space != std::string_view::npos) hash_.add(piece.substr(0, space));
    last_ += piece.substr(space == std::string_view::npos ? 0 : space);
    return piece;
  }

  std::function<std::string_view()> next_;
  Sha256 hash_;
  std::string text_, last_;
  bool has_words_ = false;
};

std::optional<Piece> read_piece(std::string_view text) {
  Piece piece;
  const auto read = [&text](std::uint64_t& number, std::string_view behind) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc()) return false;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    if (!text.starts_with(behind)) return false;
    text.remove_prefix(behind.size());
    return true;
  };
  if (!read(piece.begin, "+") || !read(piece.size, "/") || !read(piece.all, "") || !text.empty() || !piece.is_sound())
    return std::nullopt;
  return piece;
}

std::string fingerprint_of(std::string_view bytes) { return hex(sha256(bytes)); }

// ---- records

std::string Summaries::read(const std::string& path, const std::string& list, const Piece& piece, std::uint32_t file) {
  const NamedRows::Keep keep_row = [this](const NamedLine& row) { named_.add(row); };
  ListSummary summary;
  summary.list = list;
  summary.piece = piece;
  summary.first_named = named_.size();
  // They are looked for when all is put together.
  ListOptions how = *how_;
  how.seeks_duplicates = false;
  ListReading reading = read_lists({path}, how, [&] { return std::make_unique<NamedRows>(*tally_, file, keep_row); });
  if (!reading.unopened.empty()) return reading.unopened.front();
  // The record would be put together with others as if it were of the whole list.
  if (reading.lacks_names)
    return path + ": what is given of the list's beginning ends inside its row of names; give all of that row";
  if (const auto problem = reading.faults.unread()) return path + ": " + std::string(texts(*problem).text);
  const std::string line = path + ":" + std::to_string(reading.lines + 1) + ": ";
  if (reading.ends_inside_row) return line + "the piece ends inside this row; cut the list in front of it";
  if (piece.is_first() && !piece.is_last() && reading.lines == 0)
    return line + "the first piece is empty; the list's first row has to be in it";
  summary.lines = reading.lines;
  summary.form = reading.forms.front();
  summary.rows = reading.rows;
  summary.unreadable = reading.unreadable;
  summary.faults = std::move(reading.faults);
  summary.tally = std::move(static_cast<NamedRows&>(*reading.sum).tally);
  summary.named = named_.size() - summary.first_named;
  return add(std::move(summary));
}

std::string Summaries::add(ListSummary summary) {
  const std::string list = summary.list;
  const Piece piece = summary.piece;
  if (summaries_.emplace(std::pair(list, piece.begin), std::move(summary)).second) return {};
  return piece.is_first() && piece.is_last() ? "the list " + list + " is there already"
                                             : of_piece(list, piece.begin) + " is there already";
}

void Summaries::write_record(ListSummary& summary, const std::function<void(std::string_view)>& sink) {
  Sha256 hash;
  WordWriter out([&](std::string_view text) {
    hash.add(text);
    sink(text);
  });
  out.word(format);
  std::string made_by = version;
  out.write(made_by);
  out.write(conditions_);
  out.write(summary.list);
  out.write(summary.piece);
  out.write(parts_of(summary));
  out.write(summary.named);
  named_.for_each(summary.first_named, summary.named, [&out](NamedLine& row) { out.write(row); });
  out.flush();
  sink(" " + hex(hash.finish()) + "\n");
}

void Summaries::write(const std::function<void(std::string_view)>& sink) {
  for (auto& [place, summary] : summaries_) write_record(summary, sink);
}

std::string Summaries::add(std::string_view line) {
  RecordText text([&line] { return std::exchange(line, {}); });
  return add(text);
}

std::string Summaries::add(RecordText& text) {
  WordReader in([&text](std::string_view& rest) { return text.more(rest); });
  if (const std::string_view first = in.word(); first != format) {
    const bool is_record = first.starts_with(any_format);
    text.skip();
    return std::string(is_record ? other_version : text.is_blank() ? "" : not_a_record);
  }
  Head head(in);
  std::string other = head.failed ? "" : difference(head.conditions, conditions_);
  ListSummary summary;
  bool is_read = !head.failed && head.made_by == version && other.empty();
  if (is_read) {
    summary.list = std::move(head.list);
    summary.piece = head.piece;
    summary.faults = ListFaults(how_->faults_kept);
    summary.tally = std::make_unique<RevocationTally>(*tally_);
    summary.first_named = named_.size();
    in.read(parts_of(summary));
    in.read(summary.named);
    NamedLine row;
    for (std::uint64_t i = 0; i < summary.named && !in.failed(); ++i) {
      in.read(row);
      named_.add(row);
    }
    in.word();  // the hash of the record
    is_read = !in.failed() && in.at_end();
  }
  text.skip();
  if (!text.is_whole()) return "it is cut short, or was changed";
  if (head.made_by != version) return std::string(other_version) + ": '" + head.made_by + "'";
  if (!other.empty()) return other;
  return is_read ? add(std::move(summary)) : std::string(not_written_so);
}

std::vector<std::string> Summaries::add_file(const std::string& path) {
  constexpr std::size_t most_problems = 100;
  std::string problem;
  const auto source = ByteSource::open(path, problem);
  if (!source) return {path + ": " + problem};
  std::vector<std::string> problems;
  Lines lines(*source);
  for (std::uint64_t line = 1; lines.next_line(); ++line) {
    RecordText text([&] {
      if (how_->progress) how_->progress(lines.bytes_read(), 0);
      return lines.next_piece();
    });
    const std::string what = add(text);
    if (what.empty()) continue;
    problems.push_back(path + ":" + std::to_string(line) + ": " + what);
    // A file of something else is not read on.
    if (what == not_a_record || problems.size() == most_problems) return problems;
  }
  if (source->failed()) problems.push_back(path + ": " + std::string(source->failure()));
  if (source->is_followed()) problems.push_back(path + ": something that is not packed stands behind what is packed");
  return problems;
}

std::vector<std::string> Summaries::lists() const {
  std::vector<std::string> names;
  for (const auto& [place, summary] : summaries_)
    if (names.empty() || names.back() != summary.list) names.push_back(summary.list);
  return names;
}

std::vector<std::string> Summaries::gaps() const {
  std::vector<std::string> found;
  for (auto each = summaries_.begin(); each != summaries_.end();) {
    const std::string& list = each->second.list;
    const std::uint64_t all = each->second.piece.all;
    std::uint64_t expected = 0;
    std::string problem;
    for (; each != summaries_.end() && each->second.list == list; ++each) {
      const Piece& piece = each->second.piece;
      if (!problem.empty()) continue;
      if (piece.all != all) problem = "the pieces of the list " + list + " do not agree on its size";
      else if (piece.begin > expected) problem = of_piece(list, expected) + " is missing";
      else if (piece.begin < expected) problem = of_piece(list, piece.begin) + " begins inside the one before it";
      expected = piece.begin + piece.size;
    }
    if (problem.empty() && expected != all) problem = of_piece(list, expected) + " is missing";
    if (!problem.empty()) found.push_back(problem);
  }
  return found;
}

// ---- the answer

ListReading Summaries::put_together() {
  struct Part {
    std::uint64_t first_place, first_named, lines_before;
    std::uint32_t file;
  };
  ListReading reading;
  reading.faults = ListFaults(how_->faults_kept);
  auto sum = std::make_unique<RevocationTally>(*tally_);
  std::vector<Part> parts;
  parts.reserve(summaries_.size());
  Duplicates all(how_->duplicates_memory);
  std::uint64_t place = 0;
  Part part{};
  const std::string* list = nullptr;
  for (auto& [key, summary] : summaries_) {
    if (list == nullptr || *list != summary.list) {
      if (list != nullptr) ++part.file;
      part.lines_before = 0;
      reading.forms.push_back(summary.form);
    }
    list = &summary.list;
    part.first_place = place;
    part.first_named = summary.first_named;
    parts.push_back(part);
    reading.rows += summary.rows;
    reading.unreadable += summary.unreadable;
    reading.faults.append(summary.faults, part.file, part.lines_before);
    sum->append(*summary.tally, part.file, part.lines_before);
    summary.tally.reset();
    named_.for_each(summary.first_named, summary.named,
                    [&](const NamedLine& row) { all.add(beginning_of(row.digest), place++); });
    part.lines_before += summary.lines;
  }
  summaries_.clear();
  reading.sum = std::move(sum);
  // The part of a place, and the place behind its last.
  const auto part_at = [&parts, place](std::uint64_t wanted) {
    const auto next = std::upper_bound(parts.begin(), parts.end(), wanted,
                                       [](std::uint64_t each, const Part& later) { return each < later.first_place; });
    return std::pair(*std::prev(next), next == parts.end() ? place : next->first_place);
  };
  const auto look_up = [&](std::span<Candidate> candidates, std::vector<char>& /*memory*/) {
    while (!candidates.empty()) {
      const auto [of, end] = part_at(candidates.front().place);
      // Places of a part may come before those of its rows: the difference wraps around.
      look_up_in(named_, of.first_place - of.first_named, take(candidates, of.first_place, end));
    }
  };
  const FoundDuplicates found = all.find(look_up, {how_->duplicates_kept, how_->threads, how_->duplicates_progress});
  reading.duplicated = found.digests;
  reading.duplicate_rows = found.rows;
  for (const DuplicateGroup& group : found.first) {
    DuplicateRows& rows = reading.duplicates.emplace_back();
    rows.digest = group.digest;
    for (const std::uint64_t each : group.places) {
      const Part of = part_at(each).first;
      rows.places.push_back({of.file, of.lines_before + named_.at(of.first_named + each - of.first_place).line});
    }
  }
  return reading;
}

}  // namespace cita::evidence
