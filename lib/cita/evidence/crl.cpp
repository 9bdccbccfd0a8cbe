#include <cita/evidence/crl.hpp>
#include <cita/evidence/der.hpp>
#include <cita/evidence/signature.hpp>

#include <algorithm>
#include <bit>
#include <cstring>
#include <limits>

namespace cita::evidence {

namespace {

struct ProblemTexts {
  std::string_view code, text;
};
constexpr ProblemTexts problem_texts[] = {
    {"not-a-crl", "the file is neither DER nor PEM of a CRL"},
    {"algorithms-differ", "the signed part names another signature algorithm than the list"},
    {"cut-short", "the list cannot be read any further, so what is missing in it may be listed all the same"},
    {"bad-entry", "the entry is not what RFC 5280 asks for, and is not read"},
    {"negative-serial", "the serial number is negative; its octets are taken as they are"},
    {"long-serial", "the serial number is longer than 20 octets"},
    {"padded-serial", "the serial number is not in its shortest form"},
    {"duplicate-entry", "the serial number is listed before; the first entry counts"},
    {"bad-time", "the time is not one that RFC 5280 allows, and the entry is not read"},
    {"bad-reason", "there is no such reason code"},
    {"explicit-unspecified", "reason code 0 is written, which is to be left out"},
    {"other-issuer", "the entry is of another issuer than the list, and is not read"},
    {"trailing-bytes", "something follows the list"},
};
static_assert(std::size(problem_texts) == static_cast<std::size_t>(CrlProblem::trailing_bytes) + 1);

constexpr std::string_view reason_code = "\x55\x1D\x15", invalidity_date = "\x55\x1D\x18", certificate_issuer = "\x55\x1D\x1D";

int two_digits(std::string_view text, std::size_t at) {
  const auto digit = [&](std::size_t i) { return text[i] >= '0' && text[i] <= '9' ? text[i] - '0' : -100; };
  return digit(at) * 10 + digit(at + 1);
}

enum class EntryFault : std::uint8_t { none, malformed, time, other_issuer };

struct ReadEntry {
  CrlEntry entry;
  EntryFault fault = EntryFault::none;
  bool bad_reason = false;
  bool unspecified = false;
};

void read_reason(std::string_view value, ReadEntry& read) {
  const auto code = der::take(value, der::enumerated);
  if (!code || code->content.size() != 1 || !value.empty()) {
    read.bad_reason = true;
    return;
  }
  const auto number = static_cast<unsigned char>(code->content.front());
  if (number > static_cast<unsigned>(CrlReason::aa_compromise) || number == 7) read.bad_reason = true;
  else read.entry.reason = static_cast<CrlReason>(number);
  read.unspecified = number == 0;
}

bool read_extension(std::string_view extension, ReadEntry& read) {
  const auto name = der::take(extension, der::object_identifier);
  if (!name) return false;
  der::take(extension, der::boolean);
  const auto value = der::take(extension, der::octet_string);
  if (!value || !extension.empty()) return false;
  if (name->content == reason_code) read_reason(value->content, read);
  if (name->content == certificate_issuer) read.fault = EntryFault::other_issuer;
  if (name->content == invalidity_date) {
    std::string_view rest = value->content;
    if (const auto time = der::take(rest, der::generalized_time)) read.entry.invalid_from = time_of(time->tag, time->content);
  }
  return true;
}

// The content of an entry's SEQUENCE.
ReadEntry read_entry(std::string_view rest) {
  ReadEntry read;
  const auto serial = der::take(rest, der::integer);
  if (!serial || serial->content.empty()) {
    read.fault = EntryFault::malformed;
    return read;
  }
  read.entry.serial = serial->content;
  const auto time = der::take(rest);
  const auto revoked = time ? time_of(time->tag, time->content) : std::nullopt;
  if (!revoked) {
    read.fault = time ? EntryFault::time : EntryFault::malformed;
    return read;
  }
  read.entry.revoked = *revoked;
  if (rest.empty()) return read;
  const auto extensions = der::take(rest, der::sequence);
  bool good = extensions && rest.empty() && !extensions->content.empty();
  for (std::string_view left = good ? extensions->content : std::string_view(); good && !left.empty();) {
    const auto extension = der::take(left, der::sequence);
    good = extension && read_extension(extension->content, read);
  }
  if (!good) read.fault = EntryFault::malformed;
  return read;
}

// False where the outline of the signed part is not one of a CRL.
bool read_signed_part(std::string_view rest, CrlOutline& outline, bool& algorithms_agree) {
  der::take(rest, der::integer);
  const auto algorithm = der::take(rest, der::sequence);
  const auto issuer = der::take(rest, der::sequence);
  const auto this_update = der::take(rest);
  if (!algorithm || !issuer || !this_update) return false;
  const auto from = time_of(this_update->tag, this_update->content);
  if (!from) return false;
  algorithms_agree = algorithm->whole == outline.algorithm;
  outline.issuer = issuer->whole;
  outline.this_update = *from;
  for (const std::uint8_t tag : {der::utc_time, der::generalized_time})
    if (const auto next = der::take(rest, tag)) {
      outline.next_update = time_of(next->tag, next->content);
      break;
    }
  if (const auto entries = der::take(rest, der::sequence)) outline.entries = entries->content;
  constexpr std::uint8_t extensions = 0xA0;
  der::take(rest, extensions);
  return rest.empty();
}

}  // namespace

std::string_view code(CrlProblem problem) { return problem_texts[static_cast<std::size_t>(problem)].code; }
std::string_view text(CrlProblem problem) { return problem_texts[static_cast<std::size_t>(problem)].text; }

void CrlProblems::add(CrlProblem problem, std::uint64_t entry, std::uint64_t offset) {
  if (counts_[static_cast<std::size_t>(problem)]++ < most_kept_) kept_.push_back({problem, entry, offset});
}

std::optional<std::size_t> worth_reading(std::string_view beginning) {
  if (beginning.starts_with("-----BEGIN")) return std::nullopt;
  std::size_t header = 0;
  return static_cast<std::size_t>(der::claimed_size(beginning, header).value_or(0) + 1);
}

std::string_view magnitude_of(std::string_view integer) {
  while (!integer.empty() && integer.front() == '\0') integer.remove_prefix(1);
  return integer;
}

std::optional<Instant> time_of(std::uint8_t tag, std::string_view content) {
  constexpr std::size_t utc_size = 13, generalized_size = 15;
  constexpr int pivot = 50;
  int year = 0;
  if (tag == der::utc_time && content.size() == utc_size) {
    const int short_year = two_digits(content, 0);
    year = short_year + (short_year < pivot ? 2000 : 1900);
    if (short_year < 0) return std::nullopt;
    content.remove_prefix(2);
  } else if (tag == der::generalized_time && content.size() == generalized_size) {
    const int century = two_digits(content, 0), rest = two_digits(content, 2);
    if (century < 0 || rest < 0) return std::nullopt;
    year = century * 100 + rest;
    // Until 2049 it has to be the other form. One that is not says as certainly when it was, so it is read.
    content.remove_prefix(4);
  } else {
    return std::nullopt;
  }
  if (content.back() != 'Z') return std::nullopt;
  int parts[5];
  for (std::size_t i = 0; i < 5; ++i) {
    parts[i] = two_digits(content, 2 * i);
    if (parts[i] < 0) return std::nullopt;
  }
  return instant_of(year, static_cast<unsigned>(parts[0]), static_cast<unsigned>(parts[1]), static_cast<unsigned>(parts[2]),
                    static_cast<unsigned>(parts[3]), static_cast<unsigned>(parts[4]));
}

std::optional<Crl> Crl::open(std::string bytes, CrlProblems& problems) {
  if (bytes.starts_with("-----BEGIN")) bytes = from_pem(bytes, "X509 CRL").value_or("");
  Crl crl;
  crl.bytes_ = std::make_unique<const std::string>(std::move(bytes));
  std::string_view rest = *crl.bytes_;
  CrlOutline& outline = crl.outline_;
  const auto list = der::take(rest, der::sequence);
  std::string_view inside = list ? list->content : std::string_view();
  const auto part = der::take(inside, der::sequence);
  const auto algorithm = der::take(inside, der::sequence);
  const auto signature = der::take(inside, der::bit_string);
  bool agree = true;
  const bool good = crl.bytes_->size() < std::numeric_limits<std::uint32_t>::max() && part && algorithm && signature &&
                    inside.empty() && !signature->content.empty() && signature->content.front() == '\0';
  if (good) {
    outline.signed_part = part->whole;
    outline.algorithm = algorithm->whole;
    outline.signature = signature->content.substr(1);
  }
  if (!good || !read_signed_part(part->content, outline, agree)) {
    problems.add(CrlProblem::not_a_crl, 0, 0);
    return std::nullopt;
  }
  if (!agree) problems.add(CrlProblem::algorithms_differ, 0, 0);
  if (!rest.empty()) problems.add(CrlProblem::trailing_bytes, 0, crl.bytes_->size() - rest.size());
  return crl;
}

void Crl::index(CrlProblems& problems) {
  // No entry is shorter than this: a serial number of one octet and a UTCTime. So no claim makes more room than there are bytes.
  constexpr std::size_t shortest_entry = 20;
  slots_.assign(std::bit_ceil(outline_.entries.size() / shortest_entry + outline_.entries.size() / (2 * shortest_entry) + 2), {});
  std::string_view rest = outline_.entries;
  const char* const start = bytes_->data();
  while (!rest.empty()) {
    ++entries_;
    const auto offset = static_cast<std::uint32_t>(rest.data() - start);
    const auto entry = der::take(rest, der::sequence);
    if (!entry) {
      problems.add(CrlProblem::cut_short, entries_, offset);
      --entries_;
      complete_ = false;
      return;
    }
    const ReadEntry read = read_entry(entry->content);
    if (read.bad_reason) problems.add(CrlProblem::bad_reason, entries_, offset);
    if (read.unspecified) problems.add(CrlProblem::explicit_unspecified, entries_, offset);
    if (read.fault != EntryFault::none) {
      problems.add(read.fault == EntryFault::time           ? CrlProblem::bad_time
                   : read.fault == EntryFault::other_issuer ? CrlProblem::other_issuer
                                                            : CrlProblem::bad_entry,
                   entries_, offset);
      // Which certificate it was about may not be known, so none is surely unlisted.
      if (read.fault != EntryFault::other_issuer) complete_ = false;
      continue;
    }
    const std::string_view serial = read.entry.serial;
    const auto first = static_cast<unsigned char>(serial.front());
    const auto second = serial.size() > 1 ? static_cast<unsigned char>(serial[1]) : 0U;
    if (first >= 0x80U) problems.add(CrlProblem::negative_serial, entries_, offset);
    if (serial.size() > 1 && ((first == 0 && second < 0x80U) || (first == 0xFFU && second >= 0x80U)))
      problems.add(CrlProblem::padded_serial, entries_, offset);
    if (magnitude_of(serial).size() > Serial::most_octets) problems.add(CrlProblem::long_serial, entries_, offset);
    if (!insert(magnitude_of(serial), offset)) problems.add(CrlProblem::duplicate, entries_, offset);
  }
}

std::optional<Crl> Crl::read(std::string bytes, CrlProblems& problems) {
  auto crl = open(std::move(bytes), problems);
  if (crl) crl->index(problems);
  return crl;
}

std::uint64_t Crl::hash(std::string_view magnitude) const {
  constexpr std::uint64_t factor = 0x9E3779B97F4A7C15U;
  std::uint64_t value = magnitude.size() * factor;
  const auto mix = [&value](std::uint64_t part) {
    value = (value ^ part) * factor;
    value ^= value >> 29U;
  };
  for (; magnitude.size() >= 8; magnitude.remove_prefix(8)) {
    std::uint64_t part = 0;
    std::memcpy(&part, magnitude.data(), 8);
    mix(part);
  }
  std::uint64_t part = 0;
  std::memcpy(&part, magnitude.data(), magnitude.size());
  mix(part);
  return value ^ value >> 32U;
}

bool Crl::insert(std::string_view magnitude, std::uint32_t offset) {
  const std::uint64_t key = hash(magnitude);
  const auto mark = static_cast<std::uint32_t>(key >> 32U);
  for (std::size_t i = key & (slots_.size() - 1);; i = (i + 1) & (slots_.size() - 1)) {
    Slot& slot = slots_[i];
    if (slot.end == 0) {
      slot = {mark, offset + 1};
      return true;
    }
    if (slot.mark != mark) continue;
    std::string_view rest = at(slot.end - 1);
    if (magnitude_of(read_entry(der::take(rest)->content).entry.serial) == magnitude) return false;
  }
}

std::optional<CrlEntry> Crl::find(std::string_view magnitude) const {
  if (slots_.empty()) return std::nullopt;
  const std::uint64_t key = hash(magnitude);
  const auto mark = static_cast<std::uint32_t>(key >> 32U);
  for (std::size_t i = key & (slots_.size() - 1); slots_[i].end != 0; i = (i + 1) & (slots_.size() - 1)) {
    if (slots_[i].mark != mark) continue;
    std::string_view rest = at(slots_[i].end - 1);
    const CrlEntry entry = read_entry(der::take(rest)->content).entry;
    if (magnitude_of(entry.serial) == magnitude) return entry;
  }
  return std::nullopt;
}

void Crl::prefetch(std::string_view magnitude) const {
  if (!slots_.empty()) __builtin_prefetch(&slots_[hash(magnitude) & (slots_.size() - 1)]);
}

}  // namespace cita::evidence
