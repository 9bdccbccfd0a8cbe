// Values as words of text, written down on one machine and read again on another.
//
//   WordWriter out;
//   out.write(counts);                                    // std::vector<std::uint64_t>: "3 17 0 4"
//   WordReader in(out.text());
//   in.read(counts);                                      // in.failed() where it was something else
//
// Neither has to have all words at once: a writer hands them to a sink, and a reader asks for more of them.
//
// Numbers are decimal, texts stand behind "=" with what is no letter or digit as %XX, digests are hexadecimal, what may be absent
// has 0 or 1 in front, and lists have their size there. A type of one's own is written as its `parts()`, or as `parts_of(value)`
// says; what `is_sound()` denies is refused (asked only of what could be read). A reader takes nothing on trust: no size makes
// room before the words are there, and no number goes beyond its type.
#pragma once

#include <cita/evidence/digest.hpp>
#include <cita/time/moment.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace cita::evidence {

/// How many values an enumeration has that is written down, from 0 on.
template <class T>
inline constexpr std::size_t values_of = 0;

namespace words {

template <class T>
concept Number = std::is_integral_v<T>;
template <class T>
concept HasParts = requires(T& value) {
  value.parts();
};

/// Rows that need not all be in memory: they are visited, and kept one by one.
template <class T>
concept Rows = requires(T& rows, const typename T::Row& row) {
  rows.size();
  rows.keep(row);
};

std::string encoded(std::string_view text);
/// Nothing for what `encoded` does not write.
std::optional<std::string> decoded(std::string_view word);
/// Whether an instant is open or in a year of four digits, so that it can be shown.
bool is_shown(Instant instant);

}  // namespace words

class WordWriter {
 public:
  using Sink = std::function<void(std::string_view text)>;

  /// Without a sink all words stay in `text()`.
  explicit WordWriter(Sink sink = {}) : sink_(std::move(sink)) {}

  void word(std::string_view text) {
    constexpr std::size_t most_kept = std::size_t{1} << 16U;
    if (!is_first_) text_ += ' ';
    is_first_ = false;
    text_ += text;
    if (sink_ && text_.size() >= most_kept) flush();
  }
  /// Hands over what the sink does not have yet.
  void flush() {
    sink_(text_);
    text_.clear();
  }

  template <words::Number T>
  void write(T& number) {
    word(std::to_string(number));
  }
  template <class T>
  requires std::is_enum_v<T>
  void write(T& value) { word(std::to_string(static_cast<unsigned>(value))); }
  void write(std::string& text) { word(words::encoded(text)); }
  void write(Digest& digest) { word(hex(digest)); }
  void write(Seconds& seconds) { word(std::to_string(seconds.count())); }
  void write(Instant& instant) { word(std::to_string(instant.time_since_epoch().count())); }
  template <class T, std::size_t Size>
  void write(std::array<T, Size>& each) {
    for (T& value : each) write(value);
  }
  template <class T>
  void write(std::vector<T>& each) {
    word(std::to_string(each.size()));
    for (T& value : each) write(value);
  }
  template <class A, class B>
  void write(std::pair<A, B>& both) {
    write(std::tie(both.first, both.second));
  }
  template <class Key, class T>
  void write(std::map<Key, T>& each) {
    word(std::to_string(each.size()));
    for (auto& [key, value] : each) {
      Key copy = key;
      write(copy);
      write(value);
    }
  }
  template <class T>
  void write(std::optional<T>& value) {
    word(value ? "1" : "0");
    if (value) write(*value);
  }
  template <class... T>
  void write(std::tuple<T&...> parts) {
    std::apply([this](auto&... each) { (this->write(each), ...); }, parts);
  }
  template <words::Rows T>
  void write(T& rows) {
    word(std::to_string(rows.size()));
    rows.for_each([this](typename T::Row& row) { write(row); });
  }
  template <words::HasParts T>
  void write(T& value) {
    write(value.parts());
  }
  template <class T>
  requires requires(T& value) { parts_of(value); }
  void write(T& value) { write(parts_of(value)); }

  const std::string& text() const { return text_; }

 private:
  Sink sink_;
  std::string text_;
  bool is_first_ = true;
};

class WordReader {
 public:
  /// Puts what is left in front of the text that follows it; false where none does.
  using More = std::function<bool(std::string_view& rest)>;

  explicit WordReader(std::string_view text) : rest_(text) {}
  explicit WordReader(More more) : more_(std::move(more)) {}

  bool failed() const { return failed_; }
  bool at_end() { return rest_.empty() && !(more_ && more_(rest_)); }

  std::string_view word() {
    std::size_t size = rest_.find(' ');
    for (std::size_t before = rest_.size(); size == std::string_view::npos && more_ && more_(rest_); before = rest_.size())
      size = rest_.find(' ', before);
    size = std::min(size, rest_.size());
    const std::string_view found = rest_.substr(0, size);
    rest_.remove_prefix(std::min(size + 1, rest_.size()));
    if (found.empty()) failed_ = true;
    return found;
  }

  template <words::Number T>
  void read(T& number) {
    using Wide = std::conditional_t<std::is_same_v<T, bool>, unsigned, T>;
    Wide wide{};
    const std::string_view text = word();
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), wide);
    if (error != std::errc() || end != text.data() + text.size() || (std::is_same_v<T, bool> && wide > 1)) return fail();
    number = static_cast<T>(wide);
  }
  template <class T>
  requires std::is_enum_v<T>
  void read(T& value) {
    static_assert(values_of<T> > 0, "the reader has to know how many values there are");
    unsigned number = 0;
    read(number);
    if (number >= values_of<T>) return fail();
    value = static_cast<T>(number);
  }
  void read(std::string& text) {
    auto found = words::decoded(word());
    if (!found) return fail();
    text = std::move(*found);
  }
  void read(Digest& digest) {
    if (!read_digest(word(), digest)) fail();
  }
  void read(Seconds& seconds) {
    std::int64_t count = 0;
    read(count);
    if (count < -unbounded.count() || count > unbounded.count()) return fail();
    seconds = Seconds{count};
  }
  void read(Instant& instant) {
    Seconds seconds{};
    read(seconds);
    if (!words::is_shown(Instant{seconds})) return fail();
    instant = Instant{seconds};
  }
  template <class T, std::size_t Size>
  void read(std::array<T, Size>& each) {
    for (T& value : each) read(value);
  }
  /// What has its size already keeps it.
  template <class T>
  void read(std::vector<T>& each) {
    std::uint64_t size = 0;
    read(size);
    if (!each.empty() && each.size() != size) return fail();
    const bool grows = each.empty();
    for (std::uint64_t i = 0; i < size && !failed_; ++i) read(grows ? each.emplace_back() : each[i]);
  }
  template <class A, class B>
  void read(std::pair<A, B>& both) {
    read(std::tie(both.first, both.second));
  }
  template <class Key, class T>
  void read(std::map<Key, T>& each) {
    std::uint64_t size = 0;
    read(size);
    for (std::uint64_t i = 0; i < size && !failed_; ++i) {
      Key key{};
      read(key);
      read(each[key]);
    }
  }
  template <class T>
  void read(std::optional<T>& value) {
    bool has_value = false;
    read(has_value);
    if (has_value) read(value.emplace());
    else value.reset();
  }
  template <class... T>
  void read(std::tuple<T&...> parts) {
    std::apply([this](auto&... each) { (this->read(each), ...); }, parts);
  }
  template <words::Rows T>
  void read(T& rows) {
    std::uint64_t size = 0;
    read(size);
    for (std::uint64_t i = 0; i < size && !failed_; ++i) {
      typename T::Row row;
      read(row);
      if (!failed_) rows.keep(row);
    }
  }
  template <words::HasParts T>
  void read(T& value) {
    read(value.parts());
    if constexpr (requires { value.is_sound(); })
      if (!failed_ && !value.is_sound()) fail();
  }
  template <class T>
  requires requires(T& value) { parts_of(value); }
  void read(T& value) {
    read(parts_of(value));
    if constexpr (requires { is_sound(value); })
      if (!failed_ && !is_sound(value)) fail();
  }

 private:
  void fail() { failed_ = true; }

  More more_;
  std::string_view rest_;
  bool failed_ = false;
};

}  // namespace cita::evidence
