#include <cita/evidence/duplicates.hpp>

#include <algorithm>
#include <bit>
#include <iterator>
#include <mutex>
#include <tuple>
#include <utility>

namespace cita::evidence {

DigestBeginning beginning_of(const Digest& digest) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < 5; ++i) value = value << 8U | digest[i];
  return value >> 4U;
}

std::span<Candidate> take(std::span<Candidate>& candidates, std::uint64_t begin, std::uint64_t end) {
  const auto is_taken = [&](const Candidate& each) { return begin <= each.place && each.place < end; };
  const auto others = std::partition(candidates.begin(), candidates.end(), is_taken);
  const auto taken = candidates.first(static_cast<std::size_t>(others - candidates.begin()));
  candidates = candidates.subspan(taken.size());
  return taken;
}

void look_up_in(const SpooledRows<NamedLine>& rows, std::uint64_t first_place, std::span<Candidate> candidates) {
  if (candidates.size() <= most_looked_up_alone) {
    for (Candidate& each : candidates) each.digest = rows.at(each.place - first_place).digest;
    return;
  }
  const auto [first, last] =
      std::minmax_element(candidates.begin(), candidates.end(), [](const auto& a, const auto& b) { return a.place < b.place; });
  const std::uint64_t begin = first->place, count = last->place - begin + 1;
  std::vector<Digest> digests;
  digests.reserve(static_cast<std::size_t>(count));
  rows.for_each(begin - first_place, count, [&digests](const NamedLine& row) { digests.push_back(row.digest); });
  for (Candidate& each : candidates) each.digest = digests[static_cast<std::size_t>(each.place - begin)];
}

// A bit for each of so many classes of numbers. Sixteen times as many as numbers, so few numbers share one by chance.
class Duplicates::Bits {
 public:
  explicit Bits(std::size_t numbers)
      : shift_(own_bits - std::min(own_bits, static_cast<unsigned>(std::bit_width(numbers)) + 4U)),
        words_(((std::size_t{1} << (own_bits - shift_)) + 63) / 64) {}

  /// Whether it was set.
  bool set(Entry entry) {
    std::uint64_t& word = words_[index(entry) / 64];
    const std::uint64_t bit = std::uint64_t{1} << (index(entry) % 64);
    return std::exchange(word, word | bit) & bit;
  }
  bool has(Entry entry) const { return (words_[index(entry) / 64] >> (index(entry) % 64)) & 1U; }

 private:
  std::size_t index(Entry entry) const { return static_cast<std::size_t>(entry >> place_bits >> shift_); }

  unsigned shift_;
  std::vector<std::uint64_t> words_;
};

// The candidates of one stretch after another.
class Duplicates::Stretches {
 public:
  explicit Stretches(const Partitions<Entry>& entries) {
    readers_.reserve(partition_count);
    for (std::size_t i = 0; i < partition_count; ++i) readers_.emplace_back(entries, i);
  }

  void stop() { first_ = most_places; }
  /// Those of the next stretch that has any; none at the end.
  void take_next(std::vector<Candidate>& candidates) {
    candidates.clear();
    while (candidates.empty() && first_ < most_places) {
      const std::uint64_t end = (first_ / stretch + 1) * stretch;
      first_ = most_places;
      for (std::size_t i = 0; i < partition_count; ++i) take(i, end, candidates);
    }
  }

 private:
  void take(std::size_t partition, std::uint64_t end, std::vector<Candidate>& candidates) {
    while (const Entry* entry = readers_[partition].peek()) {
      const std::uint64_t place = *entry % most_places;
      if (place >= end) {
        first_ = std::min(first_, place);
        return;
      }
      candidates.push_back({place, std::uint64_t{partition} << own_bits | *entry >> place_bits, std::nullopt});
      readers_[partition].skip();
    }
  }

  std::vector<Partitions<Entry>::Reader> readers_;
  std::uint64_t first_ = 0;  // place that is not taken yet
};

// What is equal among rows whose digests are whole.
class Duplicates::Groups {
 public:
  explicit Groups(std::size_t kept) : kept_(kept), before_(kept > 0 ? most_places : 0) {}

  void add(const Partitions<PlacedDigest>& all, std::size_t partition) {
    rows_.clear();
    std::size_t most = usual_rows;
    all.for_each(partition, [&](const PlacedDigest& row) {
      if (rows_.size() == most) {
        drop_further();
        // Where that was of little use, it is tried again when there are many more.
        if (rows_.size() > most / 2) most *= 2;
      }
      rows_.push_back(row);
    });
    if (rows_.empty()) return;
    sort();
    for_each_digest([this](std::size_t begin, std::size_t end) {
      if (end - begin > 1) add_group(begin, end);
    });
  }

  void add_to(FoundDuplicates& all) {
    all.rows += found_.rows;
    all.digests += found_.digests;
    std::move(found_.first.begin(), found_.first.end(), std::back_inserter(all.first));
    keep_first(all.first);
  }

 private:
  // So many of a partition are looked at together, and those of one digest that are too many to be shown only counted.
  static constexpr std::size_t usual_rows = std::size_t{1} << 17U;

  const PlacedDigest& row(std::size_t index) const { return rows_[order_[index]]; }

  // When they are sorted.
  template <class Visit>
  void for_each_digest(const Visit& visit) const {
    for (std::size_t begin = 0, end = 0; begin < order_.size(); begin = end) {
      while (end < order_.size() && row(end).digest == row(begin).digest) ++end;
      visit(begin, end);
    }
  }

  // Of each digest as many stay as tell that it is one of several rows, and where.
  void drop_further() {
    const std::size_t stay = std::max<std::size_t>(kept_, 2);
    sort();
    std::vector<PlacedDigest> left;
    for_each_digest([&](std::size_t begin, std::size_t end) {
      const std::size_t last = std::min(end, begin + stay);
      found_.rows += end - last;
      for (std::size_t i = begin; i < last; ++i) left.push_back(row(i));
    });
    rows_ = std::move(left);
  }

  // Into as many heaps as there are rows, each of which is sorted by itself: digests are spread evenly.
  void sort() {
    const unsigned shift = own_bits - std::min(own_bits, static_cast<unsigned>(std::bit_width(rows_.size())));
    const auto heap_of = [shift](const PlacedDigest& row) {
      return static_cast<std::size_t>(beginning_of(row.digest) % (std::uint64_t{1} << own_bits) >> shift);
    };
    ends_.assign((std::size_t{1} << (own_bits - shift)) + 1, 0);
    for (const PlacedDigest& each : rows_) ++ends_[heap_of(each) + 1];
    for (std::size_t i = 1; i < ends_.size(); ++i) ends_[i] += ends_[i - 1];
    order_.resize(rows_.size());
    for (std::size_t i = 0; i < rows_.size(); ++i) order_[ends_[heap_of(rows_[i])]++] = i;
    std::size_t begin = 0;
    for (const std::size_t end : ends_) {
      const auto first = order_.begin();
      std::sort(first + static_cast<std::ptrdiff_t>(begin), first + static_cast<std::ptrdiff_t>(end),
                [this](std::size_t a, std::size_t b) {
                  return std::tie(rows_[a].digest, rows_[a].place) < std::tie(rows_[b].digest, rows_[b].place);
                });
      begin = end;
    }
  }

  void add_group(std::size_t begin, std::size_t end) {
    found_.rows += end - begin - 1;
    ++found_.digests;
    if (row(begin).place >= before_) return;
    DuplicateGroup& group = found_.first.emplace_back();
    group.digest = row(begin).digest;
    for (std::size_t i = begin; i < std::min(end, begin + kept_); ++i) group.places.push_back(row(i).place);
    if (found_.first.size() < 2 * kept_) return;
    keep_first(found_.first);
    before_ = found_.first.back().places.front();
  }

  void keep_first(std::vector<DuplicateGroup>& groups) const {
    std::sort(groups.begin(), groups.end(), [](const auto& a, const auto& b) { return a.places.front() < b.places.front(); });
    if (groups.size() > kept_) groups.resize(kept_);
  }

  std::size_t kept_;
  std::uint64_t before_;  // groups that begin later are not kept
  FoundDuplicates found_;
  std::vector<PlacedDigest> rows_;
  std::vector<std::size_t> order_, ends_;
};

// Entries that share their 36 bits with another, by their places; where most entries do, all that may.
template <class Take>
void Duplicates::take_candidates(std::size_t partition, const Take& take) const {
  constexpr std::size_t most_at_once = std::size_t{1} << 13U;
  const std::size_t most = entries_.most_in(partition);
  Bits seen(most), repeated(most);
  std::size_t all = 0, alike = 0;
  entries_.for_each(partition, [&](Entry entry) {
    ++all;
    if (!seen.set(entry)) return;
    // The second of its class tells of the first, too.
    alike += repeated.set(entry) ? 1 : 2;
  });
  if (alike == 0) return;
  const bool are_most = alike > all / 2;
  std::vector<Entry> candidates;
  entries_.for_each(partition, [&](Entry entry) {
    if (!repeated.has(entry)) return;
    candidates.push_back(entry);
    if (!are_most || candidates.size() < most_at_once) return;
    take(candidates);
    candidates.clear();
  });
  if (are_most) return take(candidates);
  std::sort(candidates.begin(), candidates.end());
  const auto is_alike = [](Entry a, Entry b) { return a >> place_bits == b >> place_bits; };
  std::size_t kept = 0;
  for (std::size_t first = 0, last = 0; first < candidates.size(); first = last) {
    while (last < candidates.size() && is_alike(candidates[first], candidates[last])) ++last;
    if (last - first > 1)
      for (std::size_t i = first; i < last; ++i) candidates[kept++] = candidates[i];
  }
  candidates.resize(kept);
  std::sort(candidates.begin(), candidates.end(), [](Entry a, Entry b) { return a % most_places < b % most_places; });
  take(candidates);
}

// Three steps, each as long as there are partitions.
class Duplicates::Progress {
 public:
  explicit Progress(const FindOptions& options) : options_(options) {}

  void tell(std::uint64_t done, std::uint64_t in_all) const {
    if (options_.progress) options_.progress(step_ * whole + done * whole / std::max<std::uint64_t>(in_all, 1), 3 * whole);
  }
  void next_step() { ++step_; }

 private:
  static constexpr std::uint64_t whole = 256;

  const FindOptions& options_;
  std::uint64_t step_ = 0;
};

std::uint64_t Duplicates::keep_candidates(unsigned threads, const Progress& progress) {
  // While some are read nothing is added to them, for that may move any partition to disk.
  Partitions<Entry> kept(memory_);
  std::mutex mutex;
  std::uint64_t count = 0, done = 0;
  Partitions<Entry>::share(threads, [&](const auto& next) {
    for (std::size_t partition = next(); partition < partition_count; partition = next()) {
      take_candidates(partition, [&](const std::vector<Entry>& found) {
        const std::lock_guard lock(mutex);
        for (const Entry entry : found) kept.add(partition, entry);
        count += found.size();
      });
      const std::lock_guard lock(mutex);
      entries_.clear(partition);
      progress.tell(++done, partition_count);
    }
  });
  entries_ = std::move(kept);
  return count;
}

Partitions<Duplicates::PlacedDigest> Duplicates::looked_up(const LookUp& look_up, std::uint64_t count, unsigned threads,
                                                           const Progress& progress) const {
  constexpr std::size_t most_memory = std::size_t{1} << 20U;
  Partitions<PlacedDigest> digests(std::min(memory_, most_memory));
  Stretches stretches(entries_);
  std::mutex taking, adding;
  std::uint64_t taken = 0;
  const auto work = [&] {
    std::vector<Candidate> candidates;
    std::vector<char> memory;
    const auto take_next = [&] {
      const std::lock_guard lock(taking);
      stretches.take_next(candidates);
      taken += candidates.size();
      progress.tell(taken, count);
      return !candidates.empty();
    };
    while (take_next()) {
      look_up(candidates, memory);
      const std::lock_guard lock(adding);
      for (const Candidate& each : candidates)
        if (each.digest) digests.add(partition_of(each.beginning), {*each.digest, each.place});
    }
  };
  Workers workers([&] {
    const std::lock_guard lock(taking);
    stretches.stop();
  });
  workers.start(std::max(threads, 1U) - 1, work);
  workers.run(work);
  workers.finish();
  return digests;
}

FoundDuplicates Duplicates::find(const LookUp& look_up, const FindOptions& options) {
  FoundDuplicates all;
  Progress progress(options);
  const std::uint64_t count = keep_candidates(options.threads, progress);
  if (count == 0) return all;
  progress.next_step();
  Partitions<PlacedDigest> digests = looked_up(look_up, count, options.threads, progress);
  entries_ = Partitions<Entry>(memory_);
  progress.next_step();
  std::mutex mutex;
  std::uint64_t done = 0;
  Partitions<PlacedDigest>::share(options.threads, [&](const auto& next) {
    Groups groups(options.kept);
    for (std::size_t partition = next(); partition < partition_count; partition = next()) {
      groups.add(digests, partition);
      const std::lock_guard lock(mutex);
      digests.clear(partition);
      progress.tell(++done, partition_count);
    }
    const std::lock_guard lock(mutex);
    groups.add_to(all);
  });
  return all;
}

}  // namespace cita::evidence
