#include <cita/evidence/avx2.hpp>
#include <cita/evidence/list_reader.hpp>
#include <cita/evidence/usual_row.hpp>

#include <bit>

namespace cita::evidence {

namespace {

// How far behind the place where a field begins text is looked at, beside what is looked through in steps.
constexpr std::ptrdiff_t most_ahead = 128;

// How fields are read: digits and times in places of fixed size, and some bytes at a time of texts, a bit for each byte that ends
// one or must not stand in it outside quotes; what stands in front of these is noted.
struct AnyDigits {
  static bool read_sixty_four_digits(const char* text, std::uint8_t* bytes) { return read_hex({text, 64}, bytes); }
  static bool read_thirty_two_digits(const char* text, std::uint8_t* bytes) { return read_hex({text, 32}, bytes); }
  static bool read_instant(const char*, Instant&) { return false; }  // left to template_instant()
};

// How far bytes are above the first printable one: all that are not printable are further than the last that is.
constexpr char first_printable = ' ', last_printable = '~';
constexpr std::uint8_t most_above = last_printable - first_printable;

// From (32 - n) on: marks for as many bytes.
alignas(64) constexpr std::array<std::uint8_t, 64> marks = [] {
  std::array<std::uint8_t, 64> all{};
  for (std::size_t i = 0; i < 32; ++i) all[i] = 0xFF;
  return all;
}();

struct ScalarStep : AnyDigits {
  static constexpr std::ptrdiff_t size = 16;

  template <char Stop>
  static std::uint32_t look(const char* text) {
    std::uint32_t found = 0;
    for (unsigned i = 0; i < size; ++i) {
      const bool is_stop = text[i] == Stop, is_wrong = Stop != '"' && (text[i] == '"' || text[i] == '\n');
      found |= std::uint32_t{is_stop || is_wrong} << i;
    }
    return found;
  }

  void note(const char* text, std::size_t count = size) {
    for (std::size_t i = 0; i < count; ++i) is_plain_ = is_plain_ && text[i] >= first_printable && text[i] <= last_printable;
  }
  bool is_plain() const { return is_plain_; }

 private:
  bool is_plain_ = true;
};

#if defined(__x86_64__)

struct Sse2Step : AnyDigits {
  static constexpr std::ptrdiff_t size = 16;

  template <char Stop>
  static std::uint32_t look(const char* text) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text));
    __m128i found = _mm_cmpeq_epi8(bytes, _mm_set1_epi8(Stop));
    if constexpr (Stop != '"')
      found = _mm_or_si128(found,
                           _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('"')), _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\n'))));
    return static_cast<std::uint32_t>(_mm_movemask_epi8(found));
  }

  void note(const char* text) { highest_ = _mm_max_epu8(highest_, above_first_printable(text)); }
  void note(const char* text, std::size_t count) {
    const __m128i counted = _mm_loadu_si128(reinterpret_cast<const __m128i*>(marks.data() + 32 - count));
    highest_ = _mm_max_epu8(highest_, _mm_and_si128(above_first_printable(text), counted));
  }
  bool is_plain() const { return _mm_movemask_epi8(_mm_cmpeq_epi8(highest_, _mm_set1_epi8(most_above))) == 0xFFFF; }

 private:
  static __m128i above_first_printable(const char* text) {
    return _mm_sub_epi8(_mm_loadu_si128(reinterpret_cast<const __m128i*>(text)), _mm_set1_epi8(first_printable));
  }

  __m128i highest_ = _mm_set1_epi8(most_above);
};

#define CITA_AVX2 gnu::target("avx2,bmi")

struct Avx2Step {
  static constexpr std::ptrdiff_t size = 32;

  [[CITA_AVX2]] Avx2Step() : highest_(avx2::repeated.most_above_space) {}

  [[CITA_AVX2]] static bool read_sixty_four_digits(const char* text, std::uint8_t* bytes) {
    return avx2::read_sixty_four_digits(text, bytes);
  }
  [[CITA_AVX2]] static bool read_thirty_two_digits(const char* text, std::uint8_t* bytes) {
    return avx2::read_thirty_two_digits(text, bytes);
  }
  [[CITA_AVX2]] static bool read_instant(const char* text, Instant& instant) { return avx2::read_instant(text, instant); }

  template <char Stop>
  [[CITA_AVX2]] static std::uint32_t look(const char* text) {
    const __m256i bytes = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(text));
    __m256i found = _mm256_cmpeq_epi8(bytes, avx2::repeated.quote);
    if constexpr (Stop == ',') found = _mm256_or_si256(found, _mm256_cmpeq_epi8(bytes, avx2::repeated.comma));
    if constexpr (Stop != '"') found = _mm256_or_si256(found, _mm256_cmpeq_epi8(bytes, avx2::repeated.line_feed));
    return static_cast<std::uint32_t>(_mm256_movemask_epi8(found));
  }

  [[CITA_AVX2]] void note(const char* text) { highest_ = _mm256_max_epu8(highest_, above_first_printable(text)); }
  [[CITA_AVX2]] void note(const char* text, std::size_t count) {
    const __m256i counted = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(marks.data() + 32 - count));
    highest_ = _mm256_max_epu8(highest_, _mm256_and_si256(above_first_printable(text), counted));
  }
  [[CITA_AVX2]] bool is_plain() const {
    return _mm256_movemask_epi8(_mm256_cmpeq_epi8(highest_, avx2::repeated.most_above_space)) == -1;
  }

 private:
  [[CITA_AVX2]] static __m256i above_first_printable(const char* text) {
    return _mm256_sub_epi8(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(text)), avx2::repeated.space);
  }

  __m256i highest_;
};

#endif

// With which characters none begins but a formula, and what says nothing or may say nothing.
constexpr Characters begins_no_usual_text = [] {
  Characters all = begins_formula;
  for (const char c : {',', '"', ' ', '\r', '\n'}) all[static_cast<unsigned char>(c)] = 1;
  return all;
}();

// Goes from field to field. Whatever answers false says that the row is not usual. Digits and times are skipped first, and read
// together later: so the readers of both are there only once, and what they need stays near.
template <class Step>
class Cursor {
 public:
  [[gnu::always_inline]] Cursor(std::string_view text, std::uint32_t* ends)
      : begin_(text.data()), at_(text.data()), limit_(text.data() + text.size() - most_ahead), end_(ends) {}

  [[gnu::always_inline]] std::size_t size() const { return static_cast<std::size_t>(at_ - begin_); }
  /// Whether all texts are printable ASCII.
  [[gnu::always_inline]] bool is_plain() const { return step_.is_plain(); }

  /// A field of as many characters, or, where it may be absent, one that says that there is nothing to say; `text` is null then.
  template <std::size_t Size, bool MayBeAbsent>
  [[gnu::always_inline]] bool skip(const char*& text) {
    if (at_ > limit_) return false;
    if (at_[Size] == ',') {
      text = at_;
      at_ += Size;
      note_end();
      return true;
    }
    text = nullptr;
    if (*at_ == '"') {
      text = at_ + 1;
      at_ += Size + 2;
      return at_[-1] == '"' && is_comma();
    }
    if (!MayBeAbsent) return false;
    if (at_[0] == 'N' && at_[1] == '/' && at_[2] == 'A') at_ += 3;
    return is_comma();
  }

  [[gnu::always_inline]] bool read_serial(std::optional<Serial>& serial) {
    constexpr std::size_t usual_size = 32;
    if (at_ > limit_) return false;
    static constexpr Serial nothing;
    serial = nothing;
    Serial& read = *serial;
    // Nearly all have as many digits.
    if (at_[usual_size] == ',' && Step::read_thirty_two_digits(at_, read.octets.data())) {
      at_ += usual_size;
      read.size = usual_size / 2;
      note_end();
      return read.octets[0] != 0;
    }
    const char* text = at_;
    const char* end = nullptr;
    if (!skip_to_end(text, end)) return false;
    const auto size = static_cast<std::size_t>(end - text);
    if (size == 0 || size % 2 != 0 || size > 2 * Serial::most_octets || is_decimal_serial({text, size})) return false;
    read = {};
    read.size = static_cast<std::uint8_t>(size / 2);
    return read_hex({text, size}, read.octets.data()) && read.octets[0] != 0 && is_comma();
  }

  [[gnu::always_inline]] bool skip_text() {
    const char *text, *end;
    return skip_to_end(text, end) && is_comma();
  }

  /// One that has to say something.
  [[gnu::always_inline]] bool skip_filled_text() {
    const char *text, *end;
    return skip_to_end<begins_no_usual_text>(text, end) && is_comma();
  }

  [[gnu::always_inline]] bool skip_last_text() {
    const char *text, *end;
    if (!skip_to_end<begins_formula, true>(text, end)) return false;
    if (*at_ == '\r') ++at_;
    if (*at_ != '\n') return false;
    note_end();
    return true;
  }

 private:
  // Goes behind a text, and behind the quotes around it. It must not begin as a formula does.
  template <const Characters& MustNotBeginIt = begins_formula, bool IsLast = false>
  [[gnu::always_inline]] bool skip_to_end(const char*& text, const char*& end) {
    if (at_ > limit_) return false;
    const bool is_quoted = *at_ == '"';
    text = at_ + (is_quoted ? 1 : 0);
    if (MustNotBeginIt[static_cast<unsigned char>(*text)] != 0) return false;
    // Inside quotes a comma is a character like others.
    if (is_quoted) {
      if (!find_stop<'"'>(text, end) || *end != '"') return false;
      at_ = end + 1;
    } else {
      if (!find_stop<',', IsLast>(text, end)) return false;
      at_ = end;
    }
    return true;
  }

  template <char Stop, bool IsLast = false>
  [[gnu::always_inline]] bool find_stop(const char* from, const char*& stop) {
    std::uint32_t found = 0;
    while ((found = Step::template look<Stop>(from)) == 0) {
      step_.note(from);
      from += Step::size;
      if (from > limit_) return false;
    }
    const auto before = static_cast<std::size_t>(std::countr_zero(found));
    stop = from + before;
    const bool has_carriage_return = IsLast && before > 0 && stop[-1] == '\r';  // which is none of the text
    step_.note(from, has_carriage_return ? before - 1 : before);
    return true;
  }

  [[gnu::always_inline]] bool is_comma() {
    if (*at_ != ',') return false;
    note_end();
    return true;
  }

  [[gnu::always_inline]] void note_end() { *end_++ = static_cast<std::uint32_t>(at_++ - begin_); }

  const char* begin_;
  const char* at_;
  const char* limit_;
  std::uint32_t* end_;
  Step step_;
};

constexpr std::size_t hash_size = 64;

template <class Step>
[[gnu::always_inline]] inline bool read_hashes(const std::array<const char*, 2>& texts, ListRow& row) {
  Digest digests[2];
  for (std::size_t i = 0; i < texts.size(); ++i)
    if (texts[i] != nullptr && !Step::read_sixty_four_digits(texts[i], digests[i].data())) return false;
  row.has_precertificate = texts[0] != nullptr;
  row.has_certificate = texts[1] != nullptr;
  row.digest = digests[row.has_certificate ? 1 : 0];
  if (row.has_precertificate && row.has_certificate) return digests[0].front() != digests[1].front() || digests[0] != digests[1];
  return row.has_precertificate || row.has_certificate;
}

template <class Step>
[[gnu::always_inline]] inline bool read_instants(const std::array<const char*, 3>& texts, ListRow& row) {
  const std::array<std::optional<Bounds>*, 3> bounds{&row.not_before, &row.not_after, &row.revocation_date};
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (texts[i] == nullptr) continue;
    Instant instant;
    if (!Step::read_instant(texts[i], instant)) {
      const auto read = template_instant({texts[i], template_instant_size});
      if (!read) return false;
      instant = *read;
    }
    bounds[i]->emplace(Bounds::exact(instant));
  }
  return true;
}

// One way through the columns for all ways to look: inlined into each, so that it is made of the same instructions.
template <class Step>
[[gnu::always_inline]] inline std::size_t read_by(std::string_view text, std::uint32_t fields, ListRow& row,
                                                  UsualRowReader::Found& found) {
  if (text.size() < static_cast<std::size_t>(most_ahead)) return 0;
  Cursor<Step> cursor(text, found.ends.data());
  std::array<const char*, 2> hashes;
  std::array<const char*, 3> instants;
  if (!cursor.template skip<hash_size, true>(hashes[0]) || !cursor.template skip<hash_size, true>(hashes[1])) return 0;
  if (!cursor.skip_filled_text() || !cursor.skip_filled_text()) return 0;
  for (std::size_t i = 0; i < 2; ++i)
    if (!cursor.template skip<template_instant_size, false>(instants[i])) return 0;
  if (!cursor.read_serial(row.serial) || !cursor.skip_text() || !cursor.skip_text()) return 0;
  if (!cursor.template skip<template_instant_size, true>(instants[2])) return 0;
  for (std::uint32_t field = column_count; field < fields; ++field)
    if (!cursor.skip_text()) return 0;
  if (!cursor.skip_last_text()) return 0;
  if (!read_hashes<Step>(hashes, row) || !read_instants<Step>(instants, row)) return 0;
  found.is_plain = cursor.is_plain();
  // Inside quotes nobody looked for it.
  if (!found.is_plain && text.substr(0, cursor.size() - 1).find('\n') != std::string_view::npos) return 0;
  return cursor.size();
}

std::size_t read_scalar(std::string_view text, std::uint32_t fields, ListRow& row, UsualRowReader::Found& found) {
  return read_by<ScalarStep>(text, fields, row, found);
}

#if defined(__x86_64__)

std::size_t read_sse2(std::string_view text, std::uint32_t fields, ListRow& row, UsualRowReader::Found& found) {
  return read_by<Sse2Step>(text, fields, row, found);
}

[[CITA_AVX2, gnu::flatten]] std::size_t read_avx2(std::string_view text, std::uint32_t fields, ListRow& row,
                                                  UsualRowReader::Found& found) {
  return read_by<Avx2Step>(text, fields, row, found);
}

#undef CITA_AVX2

#endif

auto read_for(ScanWay way) {
#if defined(__x86_64__)
  if (way == ScanWay::avx2 && can_scan(way)) return read_avx2;
  if (way == ScanWay::sse2) return read_sse2;
#endif
  static_cast<void>(way);
  return read_scalar;
}

bool is_in_order(const ListLayout& layout) {
  for (std::uint32_t i = 0; i < column_count; ++i)
    if (layout.place[i] != i) return false;
  return layout.form == ListForm::csv && layout.fields <= UsualRowReader::most_fields;
}

}  // namespace

UsualRowReader::UsualRowReader(const ListLayout& layout, ScanWay way)
    : fields_(is_in_order(layout) ? layout.fields : 0), read_(read_for(way)) {}

}  // namespace cita::evidence
