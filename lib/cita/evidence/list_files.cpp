#include <cita/base/workers.hpp>
#include <cita/evidence/byte_source.hpp>
#include <cita/evidence/list_files.hpp>
#include <cita/evidence/spool.hpp>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstring>
#include <deque>
#include <filesystem>
#include <map>
#include <mutex>
#include <span>

namespace cita::evidence {

namespace {

constexpr std::size_t usual_row = 4096;
constexpr std::size_t usual_bytes = 320;                     // of a row; most have more
constexpr std::size_t most_at_once = std::size_t{1} << 18U;  // bytes of a plain file: they stay near until they are read
// A place of a plain file is a stretch of so many bytes: no two hashes begin in one. Of a stream it is the row's number.
constexpr std::uint64_t unit = 64;
constexpr std::uint64_t usual_hash = 128;  // bytes that one may take as it is usually written
constexpr std::uint64_t bytes_between_tellings = std::uint64_t{1} << 23U;
// So many lists stay open to be looked into again; others are opened again.
constexpr std::size_t most_open = 200;

struct NamedRow {
  DigestBeginning beginning;
  std::uint64_t at;
};

// What the rows of a stretch of one file add up to.
struct Part {
  std::uint64_t begin = 0, end = 0;  // offsets of its first row, and of the first that is not its own
  bool is_cut = false;               // what follows cannot be read
  std::uint64_t lines = 0, rows = 0, unreadable = 0;
  ListFaults faults;
  std::vector<NamedRow> named;
  std::vector<NamedLine> streamed;  // of a stream, instead: nobody can read it a second time
  std::unique_ptr<RowSum> sum;
};

// A list that was read, as far as duplicates need it again.
struct ReadFile {
  std::uint32_t index = 0;
  std::string path;
  std::unique_ptr<ByteSource> source;  // nothing where it was closed for the sake of others
  ListLayout layout;
  bool is_plain = false, is_cut = false;  // whether all could be read at first
  std::uint64_t size = 0;                 // of a plain one
  std::uint64_t lines = 0;                // as many as were read
  std::uint64_t first_place = 0, places = 0;
  std::vector<std::pair<std::uint64_t, std::uint64_t>> line_marks;  // offset of a row, and the lines before it
  SpooledRows<NamedLine> rows;                                      // of a stream
  mutable std::atomic<bool> is_lost = false;                        // what was read once cannot be read again
};

class Lists {
 public:
  Lists(const ListOptions& options, const std::function<std::unique_ptr<RowSum>()>& make)
      : options_(options), make_(make), all_(options.duplicates_memory) {
    reading_.faults = ListFaults(options.faults_kept);
    reading_.sum = make();
  }

  /// How many bytes there will be to read; 0 where one of the lists has no size.
  void expect(const std::vector<std::string>& paths) {
    if (!options_.progress) return;
    for (const std::string& path : paths) {
      std::string problem;
      std::error_code error;
      // A pipe can be opened only once.
      const auto source = std::filesystem::is_regular_file(path, error) ? ByteSource::open(path, problem) : nullptr;
      if (!source || !source->size()) {
        bytes_in_all_ = 0;
        return;
      }
      bytes_in_all_ += *source->size();
    }
  }

  void read(const std::string& path) {
    std::string problem;
    ReadFile& file = files_.emplace_back();
    file.index = index_of_file();
    file.path = path;
    file.source = ByteSource::open(path, problem);
    file.first_place = next_place_;
    if (!file.source) {
      reading_.unopened.push_back(path + ": " + problem);
      return;
    }
    file.is_plain = file.source->size().has_value() && !options_.piece;
    if (file.is_plain && next_place_ + *file.source->size() / unit >= Duplicates::most_places) {
      reading_.unopened.push_back(path + ": the lists are larger than 4 TiB together");
      return;
    }
    lines_ = 0;
    if (file.is_plain) file.size = *file.source->size();
    if (file.is_plain) read_plain(file);
    else read_stream(file);
    end_list(file);
    file.places = file.is_plain ? file.size / unit + 1 : file.rows.size();
    next_place_ += file.places;
    if (!file.is_plain || files_.size() > most_open) file.source.reset();
  }

  ListReading finish() {
    find_duplicates();
    note_lost();
    for (const ReadFile& file : files_) reading_.forms.push_back(file.layout.form);
    reading_.lines = lines_;
    return std::move(reading_);
  }

 private:
  std::uint32_t index_of_file() const { return static_cast<std::uint32_t>(files_.size() - 1); }

  std::optional<ListLayout> begin(std::string_view beginning) {
    ListFaults faults(options_.faults_kept);
    const bool goes_on = options_.piece && !options_.piece->is_first;
    ListLayout layout = layout_of(goes_on ? options_.piece->beginning : beginning, faults, options_.context.asked);
    if (goes_on) layout.start = layout.lines_before = 0;
    if (!goes_on || layout.form == ListForm::unknown) reading_.faults.append(faults, index_of_file(), 0);
    lines_ = layout.lines_before;
    files_.back().layout = layout;
    reading_.lacks_names = options_.piece && ends_inside_names(layout, beginning);
    if (layout.form == ListForm::unknown) return std::nullopt;
    return layout;
  }

  // Whether the list goes on with the rest of its row of names.
  bool ends_inside_names(const ListLayout& layout, std::string_view first_piece) const {
    if (!options_.piece->is_first) return layout.are_names_open;
    const bool has_line_end = layout.start < first_piece.size() || first_piece.back() == '\n';
    return !options_.piece->is_last && (layout.are_names_open || !has_line_end);
  }

  Part empty_part() const {
    Part part;
    part.faults = ListFaults(options_.faults_kept);
    part.sum = make_();
    part.sum->begin(index_of_file());
    return part;
  }

  static BlockReader::Sink sink_of(Part& part) {
    return [&part](const ListRow& row) {
      if (row.digest) part.named.push_back({beginning_of(*row.digest), row.hash_at});
      part.sum->add(row);
    };
  }

  static BlockReader::Sink stream_sink_of(Part& part) {
    return [&part](const ListRow& row) {
      if (row.digest) part.streamed.push_back({*row.digest, row.line});
      part.sum->add(row);
    };
  }

  static void add(Part& part, const BlockEnd& end) {
    part.lines += end.lines;
    part.rows += end.rows;
    part.unreadable += end.unreadable;
  }

  // The rows of a plain file that begin from `begin` on and before `until`.
  Part part_of(const ByteSource& source, BlockReader& reader, std::vector<char>& memory, std::uint64_t begin,
               std::uint64_t until) const {
    Part part = empty_part();
    part.begin = part.end = begin;
    if (begin < until) part.named.reserve(static_cast<std::size_t>(until - begin) / usual_bytes);
    read_rows(source, reader, memory, until, sink_of(part), part);
    part.sum->finish();
    return part;
  }

  // Of a part all but what its rows add up to.
  static void read_rows(const ByteSource& source, BlockReader& reader, std::vector<char>& memory, std::uint64_t until,
                        const BlockReader::Sink& sink, Part& part) {
    std::size_t behind = usual_row;
    while (part.end < until) {
      const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(until - part.end, most_at_once));
      if (memory.size() < wanted + behind) memory.resize(wanted + behind);
      const std::size_t got = source.read_at(part.end, memory.data(), wanted + behind);
      part.is_cut = got < std::min<std::uint64_t>(wanted + behind, *source.size() - part.end);
      const BlockEnd end =
          reader.read({memory.data(), got}, part.end, wanted, got < wanted + behind, sink, part.faults, part.lines);
      add(part, end);
      part.end += end.next;
      if (part.is_cut) break;
      if (end.is_inside_row) part.end = first_row_from(source, part.end, *source.size());
      behind = end.next < wanted ? longest_row + usual_row : usual_row;
    }
  }

  void commit(Part& part) {
    ReadFile& file = files_.back();
    if (file.is_plain) file.line_marks.emplace_back(part.begin, lines_);
    if (options_.seeks_duplicates) keep_names(part);
    reading_.sum->append(*part.sum, index_of_file(), lines_);
    reading_.faults.append(part.faults, index_of_file(), lines_);
    reading_.rows += part.rows;
    reading_.unreadable += part.unreadable;
    lines_ += part.lines;
    tell_progress(part.end - part.begin);
  }

  void keep_names(const Part& part) {
    ReadFile& file = files_.back();
    for (const NamedRow& row : part.named) all_.add(row.beginning, file.first_place + row.at / unit);
    for (const NamedLine& row : part.streamed) {
      all_.add(beginning_of(row.digest), file.first_place + file.rows.size());
      file.rows.add({row.digest, lines_ + row.line});
    }
  }

  void tell_progress(std::uint64_t bytes) {
    bytes_read_ += bytes;
    if (!options_.progress || bytes_read_ - bytes_told_ < bytes_between_tellings) return;
    bytes_told_ = bytes_read_;
    options_.progress(bytes_read_, bytes_in_all_);
  }

  static std::uint64_t first_row_from(const ByteSource& source, std::uint64_t offset, std::uint64_t until) {
    // A row begins behind a line feed. Where that one stands inside a field, the part is read again from the right place.
    std::array<char, usual_row> memory;
    for (std::uint64_t at = offset - 1; at < until;) {
      const std::size_t got = source.read_at(at, memory.data(), memory.size());
      if (got == 0) break;
      if (const void* feed = std::memchr(memory.data(), '\n', got))
        return std::min(until, at + static_cast<std::uint64_t>(static_cast<const char*>(feed) - memory.data()) + 1);
      at += got;
    }
    return until;
  }

  void read_plain(ReadFile& file) {
    const ByteSource& source = *file.source;
    const std::uint64_t size = file.size;
    std::string beginning(static_cast<std::size_t>(std::min<std::uint64_t>(size, longest_row)), '\0');
    beginning.resize(source.read_at(0, beginning.data(), beginning.size()));
    if (beginning.empty()) return;
    const auto layout = begin(beginning);
    if (!layout) return;
    const std::uint64_t blocks = (size - layout->start + options_.block - 1) / options_.block;
    const auto start_of = [&](std::uint64_t block) { return std::min(size, layout->start + block * options_.block); };

    std::mutex mutex;
    std::condition_variable moved;
    std::map<std::uint64_t, Part> done;
    std::uint64_t taken = 0, committed = 0, expected = layout->start;
    bool is_committing = false;
    const std::uint64_t ahead = 4 * std::uint64_t{options_.threads};
    const auto work = [&] {
      BlockReader reader(*layout, options_.context);
      std::vector<char> memory;
      std::unique_lock lock(mutex);
      while (true) {
        moved.wait(lock, [&] { return taken == blocks || taken < committed + ahead; });
        if (taken == blocks) return;
        const std::uint64_t block = taken++;
        const bool is_known = block == committed;
        const std::uint64_t known = expected, until = start_of(block + 1);
        lock.unlock();
        Part part = part_of(source, reader, memory, is_known ? known : first_row_from(source, start_of(block), until), until);
        lock.lock();
        done.emplace(block, std::move(part));
        // One thread puts together what has come while the others read on.
        while (!is_committing && !done.empty() && done.begin()->first == committed) {
          Part next = std::move(done.begin()->second);
          done.erase(done.begin());
          is_committing = true;
          lock.unlock();
          if (next.begin != expected) next = part_of(source, reader, memory, expected, start_of(committed + 1));
          commit(next);
          lock.lock();
          is_committing = false;
          expected = std::max(expected, next.end);
          ++committed;
          if (next.is_cut) taken = committed = blocks;
          moved.notify_all();
        }
      }
    };
    Workers workers([&] {
      const std::lock_guard lock(mutex);
      taken = blocks;
      moved.notify_all();
    });
    if (blocks > 1) workers.start(static_cast<std::size_t>(std::min<std::uint64_t>(options_.threads, blocks)) - 1, work);
    workers.run(work);
    workers.finish();
  }

  void read_stream(ReadFile& file) {
    // Whether it is a list is told by as much of it as of a plain file.
    const std::size_t at_first = std::max(options_.block, longest_row);
    std::string memory(at_first, '\0');
    memory.resize(file.source->read_on(memory.data(), at_first));
    bool at_end = memory.size() < at_first;
    if (memory.empty()) return;
    const auto layout = begin(std::string_view(memory).substr(0, longest_row));
    if (!layout) return;
    BlockReader reader(*layout, options_.context);
    std::uint64_t offset = 0;
    memory.erase(0, layout->start);
    // Where a piece ends, the list goes on.
    const bool ends_here = !options_.piece || options_.piece->is_last;
    bool is_inside_row = false;
    while (true) {
      Part part = empty_part();
      if (is_inside_row) {
        const auto feed = memory.find('\n');
        is_inside_row = feed == std::string::npos;
        part.end = is_inside_row ? memory.size() : feed + 1;
      }
      if (!is_inside_row) {
        const std::string_view rest = std::string_view(memory).substr(static_cast<std::size_t>(part.end));
        const BlockEnd end =
            reader.read(rest, offset + part.end, rest.size(), at_end && ends_here, stream_sink_of(part), part.faults);
        add(part, end);
        part.end += end.next;
        is_inside_row = end.is_inside_row;
      }
      part.sum->finish();
      commit(part);
      memory.erase(0, static_cast<std::size_t>(part.end));
      offset += part.end;
      if (at_end) break;
      const std::size_t before = memory.size();
      memory.resize(before + options_.block);
      const std::size_t got = file.source->read_on(memory.data() + before, options_.block);
      memory.resize(before + got);
      at_end = got < options_.block;
    }
    reading_.ends_inside_row = !memory.empty() || (is_inside_row && !ends_here);
  }

  void end_list(ReadFile& file) {
    file.lines = lines_;
    file.is_cut = file.source->failed();
    ListFaults faults(options_.faults_kept);
    if (file.is_cut) faults.add(ListProblem::unreadable, 1, 0, {}, file.source->failure());
    if (file.source->is_followed()) faults.add(ListProblem::packed_end, 1, 0, {}, {});
    reading_.faults.append(faults, index_of_file(), lines_);
  }

  // What cannot be read a second time.
  void note_lost() {
    for (const ReadFile& file : files_) {
      if (!file.is_lost || file.is_cut) continue;
      ListFaults faults(options_.faults_kept);
      faults.add(ListProblem::unreadable, 1, 0, {}, "it cannot be read a second time");
      reading_.faults.append(faults, file.index, file.lines);
    }
  }

  const ReadFile& file_at(std::uint64_t place) const {
    return *std::prev(std::upper_bound(files_.begin(), files_.end(), place,
                                       [](std::uint64_t wanted, const ReadFile& file) { return wanted < file.first_place; }));
  }

  // A list that is there to be looked into again, and open; nothing in it where it cannot be opened any more. Tells it where not
  // all that was there is.
  class Opened {
   public:
    explicit Opened(const ReadFile& file) : file_(file), source_(file.source.get()) {
      std::string problem;
      if (source_ == nullptr) again_ = ByteSource::open(file.path, problem);
      if (again_) source_ = again_.get();
      if (source_ != nullptr && !source_->size()) source_ = nullptr;
    }
    ~Opened() {
      if (source_ == nullptr || source_->failed() || *source_->size() < file_.size) file_.is_lost = true;
    }
    Opened(const Opened&) = delete;
    Opened& operator=(const Opened&) = delete;

    /// Nothing where it cannot be opened any more.
    const ByteSource* source() const { return source_; }
    std::string_view read(std::uint64_t offset, std::vector<char>& memory, std::size_t bytes) const {
      if (memory.size() < bytes) memory.resize(bytes);
      return {memory.data(), source_ == nullptr ? 0 : source_->read_at(offset, memory.data(), bytes)};
    }

   private:
    const ReadFile& file_;
    std::unique_ptr<ByteSource> again_;
    const ByteSource* source_;
  };

  // The bytes of a plain file where the hash of a place begins.
  struct Stretch {
    std::uint64_t begin, end, from;  // `from`: with what stands in front of it, which tells that a row or a field begins there

    Stretch(const ReadFile& file, std::uint64_t place)
        : begin(std::max<std::uint64_t>((place - file.first_place) * unit, file.layout.start)),
          end((place - file.first_place + 1) * unit),
          from(begin - (begin > file.layout.start ? 1 : 0)) {}
  };

  // The digest of a field or line that is digits alone, as nearly all are.
  static std::optional<Digest> usual_digest(std::string_view text) {
    constexpr std::size_t digits = 64;
    if (text.starts_with('"')) text.remove_prefix(1);
    Digest digest;
    const char next = text.size() > digits ? text[digits] : '0';
    const bool ends = next == ',' || next == '\n' || next == '\r' || next == '"';
    return ends && read_digest(text.substr(0, digits), digest) ? std::optional(digest) : std::nullopt;
  }

  // The hash of a stretch that begins with these bits. The text begins where the stretch does.
  static std::optional<Digest> hash_in(std::string_view text, const Stretch& in, ListForm form, DigestBeginning beginning) {
    const auto first = static_cast<std::size_t>(in.begin - in.from);
    const std::size_t end = std::min(text.size(), static_cast<std::size_t>(in.end - in.from));
    // Behind the byte in front.
    for (const char before : {',', '\n'})
      for (std::size_t at = text.find(before); at < end && at + 1 < end; at = text.find(before, at + 1)) {
        const auto digest = begins_at(text, at + 1, form) ? usual_digest(text.substr(at + 1)) : std::nullopt;
        if (digest && beginning_of(*digest) == beginning) return digest;
      }
    for (std::size_t at = first; at < end; ++at) {
      const auto digest = begins_at(text, at, form) ? digest_written_at(text, at, form) : std::nullopt;
      if (digest && beginning_of(*digest) == beginning) return digest;
    }
    return std::nullopt;
  }

  // One that is written in another form than usual may be longer: it is looked for in more and more, so that no more is read than
  // a few times what it takes. `read` gives so many bytes from where the stretch begins, fewer where the list ends.
  template <class Read>
  static std::optional<Digest> hash_at(const Stretch& in, ListForm form, DigestBeginning beginning, const Read& read) {
    constexpr std::size_t most = unit + longest_row, more = 4;
    for (std::size_t bytes = unit + usual_hash;; bytes = std::min(more * bytes, most)) {
      const std::string_view text = read(bytes);
      if (const auto hash = hash_in(text, in, form, beginning)) return hash;
      if (text.size() < bytes || bytes == most) return std::nullopt;
    }
  }

  static void look_up_in_plain(const ReadFile& file, std::span<Candidate> candidates, std::vector<char>& memory) {
    const Opened opened(file);
    std::vector<char> further;
    const auto [first, last] =
        std::minmax_element(candidates.begin(), candidates.end(), [](const auto& a, const auto& b) { return a.place < b.place; });
    const std::uint64_t offset = Stretch(file, first->place).from, end = Stretch(file, last->place).end + usual_hash;
    std::string_view text;
    if (candidates.size() > most_looked_up_alone) text = opened.read(offset, memory, static_cast<std::size_t>(end - offset));
    for (Candidate& each : candidates) {
      const Stretch in(file, each.place);
      const auto index = static_cast<std::size_t>(in.from - offset);
      each.digest = hash_at(in, file.layout.form, each.beginning, [&](std::size_t bytes) {
        return index + bytes <= text.size() ? text.substr(index, bytes) : opened.read(in.from, further, bytes);
      });
    }
  }

  void look_up(std::span<Candidate> candidates, std::vector<char>& memory) const {
    while (!candidates.empty()) {
      const ReadFile& file = file_at(candidates.front().place);
      const auto own = take(candidates, file.first_place, file.first_place + file.places);
      if (file.is_plain) look_up_in_plain(file, own, memory);
      else look_up_in(file.rows, file.first_place, own);
    }
  }

  // A place that is shown, and where it is to stand.
  struct Shown {
    std::uint64_t place;
    DuplicateRows::Place* to;
  };

  // Behind the last mark that is not behind an offset.
  static auto after_mark(const ReadFile& file, std::uint64_t offset) {
    return std::upper_bound(file.line_marks.begin(), file.line_marks.end(), offset,
                            [](std::uint64_t wanted, const auto& mark) { return wanted < mark.first; });
  }

  // Looks through rows from one whose lines in front are known: up to one behind which none of the first place can stand, and
  // tells all that are found there. Gives those that stand behind it.
  std::span<const Shown> tell_lines_from_mark(const ReadFile& file, const ByteSource& source, BlockReader& reader,
                                              std::vector<char>& memory, std::span<const Shown> shown) const {
    const auto begin_of = [&](std::uint64_t place) { return (place - file.first_place) * unit; };
    const auto& marks = file.line_marks;
    auto after = after_mark(file, begin_of(shown.front().place));
    // Rows begin inside of a place, too; the first of them in its first.
    const auto mark = after == marks.begin() ? after : std::prev(after);
    while (after != marks.end() && (after == mark || after->first < begin_of(shown.front().place + 1))) ++after;
    const std::uint64_t until = after == marks.end() ? file.size : after->first;
    Part part;
    part.begin = part.end = mark->first;
    auto next = shown.begin();
    read_rows(
        source, reader, memory, until,
        [&](const ListRow& row) {
          if (!row.digest) return;
          const std::uint64_t place = file.first_place + row.hash_at / unit;
          while (next != shown.end() && next->place < place) ++next;
          if (next != shown.end() && next->place == place) next->to->line = mark->second + row.line;
        },
        part);
    const auto is_behind = [&](const Shown& each) { return begin_of(each.place + 1) > until && until < file.size; };
    return {std::find_if(shown.begin(), shown.end(), is_behind), shown.end()};
  }

  // Where a row begins, and the lines before it.
  struct RowStart {
    std::uint64_t offset = 0, lines = 0;
  };

  // A hash before which no quote stands in its line is not in quotes, nor was the line feed before: there its row begins.
  static bool tell_line_by_feeds(const ReadFile& file, const ByteSource& source, std::vector<char>& memory, const Shown& each,
                                 RowStart& counted) {
    const std::uint64_t begin = (each.place - file.first_place) * unit, end = std::min<std::uint64_t>(begin + unit, file.size);
    const auto after = after_mark(file, begin);
    if (after == file.line_marks.begin()) return false;
    const auto& [row, lines] = *std::prev(after);
    if (counted.offset < row || counted.offset > begin) counted = {row, lines};
    const auto wanted = static_cast<std::size_t>(end - counted.offset);
    if (wanted > most_at_once) return false;
    if (memory.size() < wanted) memory.resize(wanted);
    const std::string_view text(memory.data(), source.read_at(counted.offset, memory.data(), wanted));
    const std::size_t start = text.rfind('\n') + 1;  // of the text where there is none
    if (text.size() < wanted || text.find('"', start) != std::string_view::npos) return false;
    const auto feeds = std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(start), '\n');
    counted = {counted.offset + start, counted.lines + static_cast<std::uint64_t>(feeds)};
    each.to->line = counted.lines + 1;
    return true;
  }

  // The places lie in one file, in ascending order. Line feeds may stand in fields: where quotes do, only reading rows again
  // tells which row it is.
  void tell_lines(const ReadFile& file, std::span<const Shown> shown) const {
    for (const Shown& each : shown) each.to->file = file.index;
    if (!file.is_plain) {
      for (const Shown& each : shown) each.to->line = file.rows.at(each.place - file.first_place).line;
      return;
    }
    const Opened opened(file);
    if (opened.source() == nullptr) return;
    BlockReader reader(file.layout, options_.context);
    std::vector<char> memory;
    RowStart counted;
    while (!shown.empty())
      shown = tell_line_by_feeds(file, *opened.source(), memory, shown.front(), counted)
                  ? shown.subspan(1)
                  : tell_lines_from_mark(file, *opened.source(), reader, memory, shown);
  }

  void find_duplicates() {
    const FoundDuplicates found =
        all_.find([this](std::span<Candidate> some, std::vector<char>& memory) { look_up(some, memory); },
                  {options_.duplicates_kept, options_.threads, options_.duplicates_progress});
    reading_.duplicated = found.digests;
    reading_.duplicate_rows = found.rows;
    std::vector<Shown> shown;
    for (const DuplicateGroup& group : found.first) {
      DuplicateRows& rows = reading_.duplicates.emplace_back();
      rows.digest = group.digest;
      rows.places.resize(group.places.size());
      for (std::size_t i = 0; i < group.places.size(); ++i) shown.push_back({group.places[i], &rows.places[i]});
    }
    // In this order no byte is read twice.
    std::sort(shown.begin(), shown.end(), [](const Shown& a, const Shown& b) { return a.place < b.place; });
    for (std::span<const Shown> rest = shown; !rest.empty();) {
      const ReadFile& file = file_at(rest.front().place);
      const auto is_another = [&](const Shown& each) { return each.place >= file.first_place + file.places; };
      const auto count = std::find_if(rest.begin(), rest.end(), is_another) - rest.begin();
      tell_lines(file, rest.first(static_cast<std::size_t>(count)));
      rest = rest.subspan(static_cast<std::size_t>(count));
    }
  }

  const ListOptions& options_;
  const std::function<std::unique_ptr<RowSum>()>& make_;
  ListReading reading_;
  std::deque<ReadFile> files_;
  std::uint64_t next_place_ = 0;
  std::uint64_t lines_ = 0;  // of the file that is being read, before the next part
  Duplicates all_;
  std::uint64_t bytes_read_ = 0, bytes_told_ = 0, bytes_in_all_ = 0;
};

}  // namespace

void note_too_few_links(ListReading& reading, std::uint64_t links_from) {
  const std::uint64_t most = reading.rows - reading.duplicate_rows;
  if (most >= links_from || reading.faults.unread() || !reading.unopened.empty()) return;
  for (std::uint32_t file = 0; file < reading.forms.size(); ++file) {
    if (reading.forms[file] != ListForm::links) continue;
    ListFaults fault(1);
    fault.add(ListProblem::too_few_links, 1, 0, {},
              "at most " + std::to_string(most) + (most == 1 ? " certificate" : " certificates") + ", and links alone ask for " +
                  std::to_string(links_from));
    reading.faults.append(fault, file, 0);
  }
}

ListReading read_lists(const std::vector<std::string>& paths, const ListOptions& options,
                       const std::function<std::unique_ptr<RowSum>()>& make) {
  Lists lists(options, make);
  lists.expect(paths);
  for (const std::string& path : paths) lists.read(path);
  return lists.finish();
}

}  // namespace cita::evidence
