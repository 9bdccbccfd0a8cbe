#include "in_blocks.hpp"
#include "made_crl.hpp"

#include <cita/evidence/revocation_tally.hpp>

#include <doctest/doctest.h>

#include <unistd.h>
#include <zlib.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <new>
#include <random>

using namespace cita;
using namespace cita::evidence;

namespace {

using made::header;
const Instant first_of_may = *instant_of(2026, 5, 1, 0, 0, 0);
const Bounds due = Bounds::exact(*instant_of(2026, 3, 25, 0, 0, 0));

class Folder {
 public:
  Folder() { std::filesystem::create_directory(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() { std::filesystem::remove_all(path_); }
  std::string file(const std::string& name, const std::string& text, bool packed = false) const {
    const std::string path = path_ / name;
    if (!packed) std::ofstream(path, std::ios::binary) << text;
    else {
      gzFile file = gzopen(path.c_str(), "wb1");
      gzwrite(file, text.data(), static_cast<unsigned>(text.size()));
      gzclose(file);
    }
    return path;
  }

 private:
  std::filesystem::path path_ = std::filesystem::temp_directory_path() / ("cita-evidence-" + std::to_string(getpid()));
};

std::string hash_of(unsigned number) {
  char digits[65];
  std::snprintf(digits, sizeof digits, "%064x", number * 2654435761U);
  return std::string(digits + 32);
}
std::string full_hash(unsigned number) { return hash_of(number) + hash_of(number + 7); }

std::string row(const std::string& hash, const std::string& serial, const std::string& rest,
                const std::string& until = "2026-06-01") {
  return "," + hash + ",CN=a,CN=made,2026-01-01T00:00:00Z," + until + "T00:00:00Z," + serial + ",\"a,b\"," + rest + "\n";
}

RevocationClock clock_to(const Bounds& last_on_time) {
  RevocationClock clock;
  clock.start = Bounds::exact(*instant_of(2026, 3, 20, 0, 0, 0));
  clock.last_on_time = last_on_time;
  return clock;
}

struct Answer {
  ListReading reading;
  std::string text;
};

// Everything that is found, as a text to compare.
Answer read(const std::vector<std::string>& paths, unsigned threads, std::size_t block, const StatusEvidence* evidence = nullptr,
            Instant as_of = first_of_may) {
  ListOptions options;
  options.context.as_of = as_of;
  options.threads = threads;
  options.block = block;
  const Grouping grouping = Grouping::with(clock_to(due));
  TallyOptions tally;
  tally.as_of = as_of;
  tally.grouping = &grouping;
  tally.evidence = evidence;
  Answer answer;
  answer.reading = read_lists(paths, options, [&] { return std::make_unique<RevocationTally>(tally); });
  const auto& sum = static_cast<const RevocationTally&>(*answer.reading.sum);
  const ClockTally& clock = sum.groups().front().clocks.front();
  const auto add = [&](auto... each) { ((answer.text += std::to_string(each) + " "), ...); };
  add(answer.reading.rows, answer.reading.unreadable, answer.reading.duplicate_rows, answer.reading.duplicated);
  for (std::size_t i = 0; i < standing_count; ++i) add(clock.count(static_cast<CertificateStanding>(i)));
  for (const LateCertificate& each : clock.worst()) add(each.file, each.line, each.least.count(), each.most.count());
  for (const unsigned hundredths : {50U, 90U, 99U, 100U})
    if (const auto late = clock.lateness(hundredths)) add(late->least.count(), late->most.count());
  for (const ListFault& each : answer.reading.faults.kept())
    add(static_cast<int>(each.problem), each.file, each.line, each.column);
  for (const DuplicateRows& each : answer.reading.duplicates)
    for (const auto& place : each.places) add(place.file, place.line);
  for (const DisagreeingRow& each : sum.disagreeing()) add(static_cast<int>(each.what), each.file, each.line);
  return answer;
}

}  // namespace

TEST_CASE("threads, sizes of blocks and packing change nothing") {
  std::mt19937 random(4);
  std::string text = header;
  for (unsigned i = 0; i < 3'000; ++i) {
    const std::string day = std::to_string(20 + random() % 10);
    const std::string date =
        random() % 5 == 0 ? "2026-03-" + day : "2026-03-" + day + "T0" + std::to_string(random() % 10) + ":00:00Z";
    std::string line = row(full_hash(random() % 40 == 0 ? i / 2 : i), "0" + std::to_string(i), "Yes," + date + ",1");
    if (random() % 100 == 0) line[random() % line.size()] = "\"\n,\r=x"[random() % 6];
    if (random() % 200 == 0) line.insert(line.find("CN=a"), std::string(random() % 6'000, 'y'));
    text += line;
  }
  const Folder folder;
  const std::string plain = folder.file("list.csv", text), packed = folder.file("list.csv.gz", text, true);
  const Answer expected = read({plain}, 1, std::size_t{1} << 19U);
  CHECK(expected.reading.rows > 2'900);
  CHECK(expected.reading.duplicate_rows > 20);
  for (const unsigned threads : {1U, 2U, 5U})
    for (const std::size_t block : {std::size_t{300}, std::size_t{1'000}, std::size_t{65'536}})
      CHECK(read({plain}, threads, block).text == expected.text);
  CHECK(read({packed}, 1, std::size_t{1} << 19U).text == expected.text);
  CHECK(read({packed}, 2, 5'000).text == expected.text);
  CHECK(read({plain, packed}, 2, 5'000).reading.duplicate_rows > 2'900);
  CHECK(read({plain, packed}, 2, 5'000).text == read({plain, packed}, 1, 70'000).text);
}

TEST_CASE("the deadline to the second") {
  const auto standing = [](const std::string& rest, const std::string& until = "2026-06-01") {
    const Folder folder;
    const Answer answer = read({folder.file("x.csv", header + row(full_hash(1), "01", rest, until))}, 1, 1'000);
    const auto& sum = static_cast<const RevocationTally&>(*answer.reading.sum);
    std::string all;
    for (std::size_t i = 0; i < standing_count; ++i)
      if (sum.groups().front().clocks.front().count(static_cast<CertificateStanding>(i)) == 1)
        all += name(static_cast<CertificateStanding>(i));
    return all;
  };
  CHECK(standing("Yes,2026-03-25T00:00:00Z,1") == "met");
  CHECK(standing("Yes,2026-03-25T00:00:01Z,1") == "late");
  CHECK(standing("Yes,2026-03-24,1") == "undetermined");  // nobody says in which zone
  CHECK(standing("Yes,2026-03-23,1") == "undetermined");  // and people round
  CHECK(standing("Yes,2026-03-22,1") == "met");
  CHECK(standing("Yes,2026-03-25,1") == "undetermined");
  CHECK(standing("Yes,2026-03-26,1") == "undetermined");
  CHECK(standing("Yes,2026-03-27,1") == "late");
  CHECK(standing("Yes,2026-03-25 12:00:00,1") == "undetermined");
  CHECK(standing("Yes,2026-03-25 14:00:01,1") == "late");
  CHECK(standing("Yes,N/A,1") == "undetermined");
  CHECK(standing("Yes,2026-05-02,1") == "undetermined");
  CHECK(standing("Planned,2026-05-02,1") == "not revoked");
  CHECK(standing("No,N/A,") == "not revoked");
  CHECK(standing("perhaps,N/A,") == "undetermined");
  CHECK(standing("N/A,N/A,", "2026-03-25") == "expired before the deadline");
  CHECK(standing("N/A,N/A,", "2026-03-26") == "not revoked");
  CHECK(standing("Yes,2026-03-27,1", "2026-03-24") == "expired before the deadline");
}

TEST_CASE("duplicates tell their lines, over files") {
  const Folder folder;
  const std::string a =
      folder.file("a.csv", header + row(full_hash(1), "01", "Yes,2026-03-22,1") + row(full_hash(2), "02", "Yes,2026-03-22,1"));
  const std::string b =
      folder.file("b.txt", "https://crt.sh/?sha256=" + full_hash(3) + "\nhttps://crt.sh/?sha256=" + full_hash(2) + "\n");
  const Answer answer = read({a, folder.file("empty", ""), b}, 2, 100);
  REQUIRE(answer.reading.duplicates.size() == 1);
  CHECK(hex(answer.reading.duplicates[0].digest) == full_hash(2));
  CHECK(answer.reading.duplicates[0].places == std::vector<DuplicateRows::Place>{{0, 3}, {2, 2}});
  CHECK(read({"/nowhere"}, 1, 100).reading.unopened.size() == 1);
}

TEST_CASE("plain and packed lists have the same duplicates, however hashes are written") {
  const Folder folder;
  const std::string a = full_hash(1), b = full_hash(2);
  std::string colons;
  for (const char c : a) colons += (colons.size() % 3 == 2 ? ":" : "") + std::string(1, c);
  const std::string link = "https://crt.sh/?sha256=";
  // The same beginning, which is all that is kept of a hash until it is read again.
  const std::string near = a.substr(0, 63) + (a.back() == '0' ? "1" : "0");
  for (std::size_t pad = 0; pad < 70; ++pad) {
    const std::string text = link + full_hash(3) + "&x=" + std::string(pad, 'y') + "\n" + link + a + " " + link + b + "\n" +
                             "  " + link + a + "," + link + near + "\n" + "0x" + a + "\n" + near + " " + a + "\n" + colons +
                             "\n" + "https://crt.sh/?q=" + b + "\nhttps://crt.sh/?spkisha256=" + a + "\n";
    const Answer plain = read({folder.file("a.txt", text)}, 1, 1'000),
                 packed = read({folder.file("a.txt", text, true)}, 1, 1'000);
    REQUIRE(plain.text == packed.text);
    REQUIRE(plain.reading.duplicates.size() == 1);
    CHECK(hex(plain.reading.duplicates[0].digest) == a);
    CHECK(plain.reading.duplicates[0].places == std::vector<DuplicateRows::Place>{{0, 2}, {0, 3}, {0, 4}, {0, 6}});
    std::string rows = header + row("\"" + b + "\n" + a + "\"", "01", "Yes,2026-03-22," + std::string(pad, 'z'));
    for (const std::string& hash : {a, "\"" + a + "\"", " " + a, "\"  0x" + a + " " + near + "\"", near, colons,
                                    "\"" + a + "," + near + "\"", "\"" + a + "\nx\""})
      rows += row(hash, "01", "Yes,2026-03-22,1");
    const Answer in_rows = read({folder.file("a.csv", rows)}, 2, 300);
    REQUIRE(in_rows.text == read({folder.file("a.csv", rows, true)}, 1, 1'000).text);
    CHECK(in_rows.reading.duplicate_rows == 6);
    REQUIRE(in_rows.reading.duplicates.size() == 1);
    CHECK(in_rows.reading.duplicates[0].places == std::vector<DuplicateRows::Place>{{0, 4}, {0, 5}, {0, 6}, {0, 7}, {0, 9}});
  }
}

TEST_CASE("hashes with much in front of them are found again, and no more is read for them than a few times the list") {
  // So many bytes this process has read; nothing where the system does not tell.
  const auto bytes_read = []() -> std::uint64_t {
    std::ifstream told("/proc/self/io");
    std::string word;
    std::uint64_t bytes = 0;
    return told >> word >> bytes ? bytes : 0;
  };
  const Folder folder;
  for (const std::size_t spaces : {60U, 100U, 150U, 700U, 3'000U, 60'000U, 500'000U}) {
    // Together with others, and alone.
    for (const unsigned rows : {std::max(8U, static_cast<unsigned>(1'000'000 / spaces)), 4U}) {
      std::string text = header;
      for (unsigned i = 0; i < rows; ++i) text += row(std::string(spaces, ' ') + full_hash(i / 2), "01", "Yes,2026-03-22,1");
      const std::string path = folder.file("a.csv", text);
      const std::uint64_t before = bytes_read();
      const Answer answer = read({path}, 1, std::size_t{1} << 20U);
      const std::uint64_t bytes = bytes_read() - before;
      CAPTURE(spaces);
      CAPTURE(rows);
      CHECK(answer.reading.duplicate_rows == rows / 2);
      REQUIRE(answer.reading.duplicates.size() == std::min(rows / 2, 5U));
      CHECK(hex(answer.reading.duplicates.back().digest) == full_hash(std::min(rows / 2, 5U) - 1));
      CHECK(bytes < 12 * text.size() + 100'000);
    }
  }
}

TEST_CASE("a duplicate stands in the line where its row begins, whatever breaks stand in front of its hash") {
  const Folder folder;
  std::mt19937 random(7);
  std::string text = "note," + header;
  std::vector<std::uint64_t> begins;
  std::uint64_t line = 2;
  for (unsigned i = 0; i < 600; ++i) {
    std::string note = "\"a";
    for (auto breaks = random() % 4; breaks > 0; --breaks) note += std::string(random() % 200, 'b') + "\n";
    begins.push_back(line);
    line += static_cast<std::uint64_t>(std::count(note.begin(), note.end(), '\n')) + 1;
    text += note + "\"," + row(full_hash(i / 2), "01", "Yes,2026-03-22,1");
  }
  const std::string plain = folder.file("a.csv", text), packed = folder.file("a.csv.gz", text, true);
  for (const std::string& path : {plain, packed})
    for (const unsigned threads : {1U, 3U})
      for (const std::size_t block : {std::size_t{10}, std::size_t{300}, std::size_t{5'000}, std::size_t{1} << 20U})
        for (const std::size_t kept : {std::size_t{1}, std::size_t{5}, std::size_t{1'000}}) {
          ListOptions options;
          options.threads = threads;
          options.block = block;
          options.duplicates_kept = kept;
          const TallyOptions tally;
          const ListReading reading = read_lists({path}, options, [&] { return std::make_unique<RevocationTally>(tally); });
          REQUIRE(reading.duplicates.size() == std::min<std::size_t>(kept, 300));
          for (std::size_t i = 0; i < reading.duplicates.size(); ++i) {
            const auto& places = reading.duplicates[i].places;
            REQUIRE(places.size() == std::min<std::size_t>(kept, 2));
            for (std::size_t j = 0; j < places.size(); ++j) CHECK(places[j].line == begins[2 * i + j]);
          }
        }
}

TEST_CASE("where a list begins is the same for plain and packed ones, and for any size of blocks") {
  const Folder folder;
  const std::string rows = row(full_hash(1), "01", "Yes,2026-03-22,1") + row(full_hash(1), "01", "Yes,2026-03-22,1");
  std::string long_names = header,
              long_rows = row(full_hash(1), "01", "Yes,2026-03-22,1") + row(full_hash(1), "01", "Yes,2026-03-22,1");
  long_names.insert(long_names.size() - 1, ",\"" + std::string(70'000, 'x') + "\n\"");
  for (std::size_t end = 0; (end = long_rows.find('\n', end)) != std::string::npos; end += 3) long_rows.insert(end, ",y");
  std::string long_first = rows;
  long_first.insert(long_first.find("a,b"), std::string(80'000, 'a'));
  for (const std::string& text : {long_names + long_rows, std::string(70'000, '\n') + header + rows, long_first,
                                  std::string(2'000'000, '\n') + header + rows, std::string(2'000'000, 'x'),
                                  std::string(1'048'575, ' ') + "\n" + header + rows}) {
    const std::string plain = folder.file("a", text), packed = folder.file("a.gz", text, true);
    const Answer expected = read({plain}, 1, std::size_t{1} << 20U);
    CHECK(expected.reading.rows == (text.size() < 200'000 ? 2 : 0));
    CHECK(expected.reading.duplicate_rows == (text.size() < 200'000 ? 1 : 0));
    CHECK(expected.reading.faults.unread().has_value() == (text.size() > 200'000));
    for (const std::size_t block : {std::size_t{1'000}, std::size_t{100'000}, std::size_t{3} << 20U}) {
      CHECK(read({plain}, 2, block).text == expected.text);
      CHECK(read({packed}, 2, block).text == expected.text);
    }
  }
}

TEST_CASE("a row that is too long is one fault in its line, in a plain list and a packed one, for any size of blocks") {
  const Folder folder;
  const std::string usual = row(full_hash(1), "01", "Yes,2026-03-22,1");
  for (const std::string& rest : {std::string(), std::string("\n"), "\n" + usual}) {
    const std::string text = header + usual + std::string(5 * longest_row / 2, 'x') + rest;
    const std::string plain = folder.file("a", text), packed = folder.file("a.gz", text, true);
    const Answer expected = read({plain}, 1, std::size_t{1} << 20U);
    REQUIRE(expected.reading.faults.total() == 1);
    CHECK(expected.reading.faults.kept().front().problem == ListProblem::long_row);
    CHECK(expected.reading.faults.kept().front().line == 3);
    CHECK(expected.reading.lines == (rest.size() > 1 ? 4 : 3));
    CHECK(expected.reading.rows == expected.reading.lines - 1);
    CHECK(expected.reading.unreadable == 1);
    if (rest.size() > 1) {
      REQUIRE(expected.reading.duplicates.size() == 1);
      CHECK(expected.reading.duplicates[0].places == std::vector<DuplicateRows::Place>{{0, 2}, {0, 4}});
    }
    for (const std::size_t block : {std::size_t{1'000}, std::size_t{100'000}, std::size_t{2} << 20U}) {
      CHECK(read({plain}, 2, block).text == expected.text);
      CHECK(read({packed}, 2, block).text == expected.text);
    }
  }
}

TEST_CASE("a packed list that is cut short keeps what it has") {
  std::string text = header;
  for (unsigned i = 0; i < 2'000; ++i) text += row(full_hash(i), "01", "Yes,2026-03-22,1");
  const Folder folder;
  const std::string packed = folder.file("x.gz", text, true);
  std::filesystem::resize_file(packed, std::filesystem::file_size(packed) / 2);
  const Answer answer = read({packed}, 1, 10'000);
  CHECK(answer.reading.rows > 500);
  CHECK(answer.reading.faults.count(ListProblem::unreadable) == 1);
  CHECK(answer.reading.faults.kept().back().value == "it is packed, and ends in the middle");
  CHECK(answer.reading.faults.unread() == ListProblem::unreadable);
}

TEST_CASE("a plain list that becomes shorter while it is read says so, in whichever block") {
  // Shortens the list when the first row of it has been read.
  class Shortening : public RowSum {
   public:
    Shortening(const std::string& path, std::uint64_t size) : path_(path), size_(size) {}
    void add(const ListRow& /*row*/) override {
      if (std::filesystem::file_size(path_) > size_) std::filesystem::resize_file(path_, size_);
    }
    void append(const RowSum& /*later*/, std::uint32_t /*file*/, std::uint64_t /*lines_before*/) override {}

   private:
    const std::string& path_;
    std::uint64_t size_;
  };
  std::string text = header;
  for (unsigned i = 0; i < 9'000; ++i) text += row(full_hash(i / 2), "01", "Yes,2026-03-22,1");
  const Folder folder;
  for (const std::uint64_t size : {std::uint64_t{0}, std::uint64_t{text.size() / 2}, std::uint64_t{text.size() - 1}})
    for (const std::size_t block : {std::size_t{1'000}, std::size_t{100'000}, std::size_t{2} << 20U})
      for (const unsigned threads : {1U, 2U, 7U}) {
        const std::string path = folder.file("a.csv", text);
        ListOptions options;
        options.threads = threads;
        options.block = block;
        const ListReading reading = read_lists({path}, options, [&] { return std::make_unique<Shortening>(path, size); });
        CHECK(reading.rows > 0);
        CHECK(reading.rows <= 9'000);
        REQUIRE(reading.faults.count(ListProblem::unreadable) == 1);
        CHECK(reading.faults.unread() == ListProblem::unreadable);
        const auto fault = std::find_if(reading.faults.kept().begin(), reading.faults.kept().end(),
                                        [](const ListFault& each) { return each.problem == ListProblem::unreadable; });
        CHECK(fault->value == "it became shorter while it was read");
        CHECK(fault->line == reading.lines + 1);
      }
}

TEST_CASE("lists that cannot be read a second time, where duplicates are looked for, say so") {
  const auto text_of = [](unsigned hashes) {
    std::string text = header;
    for (unsigned i = 0; i < 400; ++i) text += row(full_hash(i % hashes), "01", "Yes,2026-03-22,1");
    return text;
  };
  const auto remove = [](const std::string& path) { std::filesystem::remove(path); };
  const auto shorten = [](const std::string& path) { std::filesystem::resize_file(path, header.size() + 10); };
  const auto read_losing = [](const std::vector<std::string>& paths, std::uint64_t from_step, const auto& lose) {
    const TallyOptions tally;
    ListOptions options;
    bool is_lost = false;
    options.duplicates_progress = [&](std::uint64_t done, std::uint64_t in_all) {
      if (is_lost || 3 * done < from_step * in_all) return;
      is_lost = true;
      lose(paths.back());
    };
    return read_lists(paths, options, [&] { return std::make_unique<RevocationTally>(tally); });
  };
  const auto check = [&](const std::vector<std::string>& paths, std::uint64_t from_step, const auto& lose) {
    const ListReading reading = read_losing(paths, from_step, lose);
    REQUIRE(reading.faults.count(ListProblem::unreadable) == 1);
    const ListFault& fault = reading.faults.kept().back();
    CHECK(fault.value == "it cannot be read a second time");
    CHECK(fault.file == paths.size() - 1);
    CHECK(fault.line == 402);
  };
  const Folder folder;
  // With many alike all is read at once, and with few each by itself; in the end only lines are looked for.
  for (const unsigned hashes : {3U, 399U})
    for (const std::uint64_t from_step : {0U, 1U, 3U}) check({folder.file("a.csv", text_of(hashes))}, from_step, shorten);
  // So many stay not open.
  std::vector<std::string> paths;
  for (unsigned i = 0; i < 220; ++i) paths.push_back(folder.file(std::to_string(i) + ".csv", header));
  paths.push_back(folder.file("last.csv", text_of(399)));
  check(paths, 0, shorten);
  folder.file("last.csv", text_of(399));
  check(paths, 0, remove);
  folder.file("last.csv", text_of(399));
  const ListReading whole = read_losing(paths, 4, remove);
  CHECK(whole.faults.count(ListProblem::unreadable) == 0);
  CHECK(whole.duplicate_rows == 1);
}

TEST_CASE("a list that cannot be unpacked says so, whatever came before") {
  const Folder folder;
  for (const std::string& before : {std::string(), header + row(full_hash(1), "01", "Yes,2026-03-22,1")}) {
    const std::string path = folder.file("x.gz", before, !before.empty());
    std::ofstream(path, std::ios::binary | std::ios::app) << "\x1F\x8B and more";
    const Answer answer = read({path}, 1, 10'000);
    CHECK(answer.reading.rows == (before.empty() ? 0 : 1));
    CHECK(answer.reading.faults.unread() == ListProblem::unreadable);
    REQUIRE(answer.reading.faults.total() == 1);
    CHECK(answer.reading.faults.kept().back().value == "it is not packed as gzip packs");
  }
}

TEST_CASE("what a list says against what CRLs say") {
  const made::Authority ca("EC");
  CrlProblems problems;
  StatusEvidence evidence;
  evidence.add(
      *Crl::read(ca.crl(made::entry("\x01", "260322100000Z", made::reason(1)) + made::entry("\x02", "260323000000Z")), problems),
      "own");
  evidence.finish();
  const Folder folder;
  const std::string list = folder.file(
      "x.csv", header + row(full_hash(1), "01", "Yes,2026-03-22T10:00:00Z,keyCompromise") +
                   row(full_hash(2), "02", "Yes,2026-03-22T00:00:00Z,superseded") +
                   row(full_hash(3), "0c", "Yes,2026-03-22T00:00:00Z,") + row(full_hash(4), "0002", "Planned,2026-06-22,") +
                   row(full_hash(5), "05", "Yes,2026-03-22T00:00:00Z,", "2026-03-30") +
                   row(full_hash(6), "06", "Yes,2026-04-02T00:00:00Z,") + row(full_hash(7), "", "Yes,2026-03-22T00:00:00Z,") +
                   row(full_hash(8), "01", "Revoked,,") + row(full_hash(9), "01", "Yes,2026-03-22 10:01 UTC,keyCompromise"));
  const Answer answer = read({list}, 1, 1'000, &evidence);
  const auto& sum = static_cast<const RevocationTally&>(*answer.reading.sum);
  CHECK(sum.listed(Channel::crls) == 5);
  CHECK(sum.count(Disagreement::not_listed, Channel::crls) == 1);
  CHECK(sum.count(Disagreement::listed, Channel::crls) == 1);
  CHECK(sum.count(Disagreement::date_differs, Channel::crls) == 1);
  CHECK(sum.count(Disagreement::reason_differs, Channel::crls) == 1);
  REQUIRE(sum.disagreeing().size() == 4);
  CHECK(sum.disagreeing()[2].line == 4);
  CHECK(sum.without_serial() == 1);
  // What was revoked later is none that the list should have told of.
  const auto listed = [&](Instant as_of) {
    const Answer then = read({list}, 1, 1'000, &evidence, as_of);
    return static_cast<const RevocationTally&>(*then.reading.sum).count(Disagreement::listed, Channel::crls);
  };
  const Instant revoked = *instant_of(2026, 3, 23, 0, 0, 0);
  CHECK(listed(revoked) == 1);
  CHECK(listed(revoked - Seconds{1}) == 0);
}

TEST_CASE("what a thread cannot do ends the reading with its reason") {
  class Failing : public RowSum {
   public:
    Failing(std::uint64_t line, bool in_append) : line_(line), in_append_(in_append) {}
    void add(const ListRow& row) override {
      if (!in_append_ && row.line == line_) throw std::bad_alloc();
    }
    void append(const RowSum& /*later*/, std::uint32_t /*file*/, std::uint64_t lines_before) override {
      if (in_append_ && lines_before >= line_) throw std::bad_alloc();
    }

   private:
    std::uint64_t line_;
    bool in_append_;
  };
  std::string text = header;
  for (unsigned i = 0; i < 9'000; ++i) text += row(full_hash(i), "01", "Yes,2026-03-22,1");
  const Folder folder;
  const std::string plain = folder.file("a.csv", text), packed = folder.file("a.gz", text, true);
  for (const std::string& path : {plain, packed})
    for (const unsigned threads : {1U, 2U, 7U})
      for (const bool in_append : {false, true})
        for (const std::uint64_t line : {1U, 3U, 20U}) {
          ListOptions options;
          options.threads = threads;
          options.block = 5'000;
          CHECK_THROWS_AS(read_lists({path}, options, [&] { return std::make_unique<Failing>(line, in_append); }),
                          std::bad_alloc);
        }
}

TEST_CASE("progress counts all bytes, once each") {
  std::string text = header;
  while (text.size() < 20'000'000) text += row(full_hash(1), "01", "Yes,2026-03-22,1");
  const Folder folder;
  const std::vector<std::string> plain{folder.file("a.csv", text), folder.file("b.csv", text)};
  for (const bool with_packed : {false, true}) {
    std::vector<std::string> paths = plain;
    if (with_packed) paths.push_back(folder.file("c.gz", header, true));
    std::vector<std::uint64_t> told;
    ListOptions options;
    options.threads = 2;
    options.progress = [&](std::uint64_t read, std::uint64_t in_all) {
      CHECK(in_all == (with_packed ? 0 : 2 * text.size()));
      told.push_back(read);
    };
    const TallyOptions tally;
    read_lists(paths, options, [&] { return std::make_unique<RevocationTally>(tally); });
    CHECK(told.size() >= 3);
    CHECK(std::is_sorted(told.begin(), told.end()));
    CHECK(told.back() <= 2 * text.size());
  }
}

TEST_CASE("more lists than may be open at once; hashes in other forms are duplicates all the same") {
  const Folder folder;
  std::string with_colons;
  for (const char c : full_hash(7)) with_colons += (with_colons.size() % 3 == 2 ? ":" : "") + std::string(1, c);
  std::vector<std::string> paths;
  for (unsigned i = 0; i < 1'100; ++i)
    paths.push_back(folder.file(std::to_string(i) + ".txt", "https://crt.sh/?sha256=" + full_hash(i) + "\n"));
  paths.push_back(folder.file("last.txt", "https://crt.sh/?q=" + full_hash(1'099) + "\n" + with_colons + "\n"));
  paths.push_back(folder.file("form.csv", header + row("\"" + full_hash(7) + "\"", "01", "Yes,2026-03-22,1")));
  const Answer answer = read(paths, 2, 1'000);
  CHECK(answer.reading.unopened.empty());
  REQUIRE(answer.reading.duplicates.size() == 2);
  CHECK(answer.reading.duplicates[0].places == std::vector<DuplicateRows::Place>{{7, 1}, {1'100, 2}, {1'101, 2}});
  CHECK(answer.reading.duplicates[1].places == std::vector<DuplicateRows::Place>{{1'099, 1}, {1'100, 1}});
}
