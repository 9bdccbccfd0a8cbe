#include <cita/base/text.hpp>
#include <cita/output/certificate_report.hpp>
#include <cita/output/certificate_rows.hpp>
#include <cita/output/csv.hpp>
#include <cita/time/format.hpp>

namespace cita {

namespace {

using namespace evidence;

constexpr std::string_view not_applicable = "N/A";
constexpr std::string_view link_start = "https://crt.sh/?sha256=";

// False where it stands there otherwise than it is written, for nobody would see what does.
bool append_field(std::string_view untrusted, std::string& to) {
  to += csv_cell(untrusted);
  return text::shown(untrusted) == untrusted;
}

bool says_nothing(std::string_view text) {
  return text.empty() || (text.size() == not_applicable.size() && (text[0] == 'N' || text[0] == 'n') && text[1] == '/' &&
                          (text[2] == 'A' || text[2] == 'a'));
}

// A date, in a zone or in any; a time without a zone is as wide as the zones are.
bool is_day(const Bounds& time) {
  constexpr Seconds hour{3'600}, zones = easternmost - westernmost;
  const Seconds wide = time.last - time.first + Seconds{1};
  const auto is_about_a_day = [&](Seconds wanted) { return wide >= wanted - hour && wide <= wanted + hour; };
  return is_about_a_day(24 * hour) || is_about_a_day(24 * hour + zones);
}

// A time to the second in RFC 3339, everything else as it is written. The template asks for no form of dates, so a day is enough:
// false for what is told neither to the second nor as a day, or not at all.
bool append_time(const std::optional<Bounds>& time, const std::string& written, std::string& to) {
  bool is_as_written = true;
  if (time && time->is_exact()) to += rfc3339(time->first);
  else is_as_written = append_field(written.empty() ? not_applicable : std::string_view(written), to);
  return is_as_written && time && (time->is_exact() || is_day(*time));
}

// Several in one field stay as they are.
std::optional<Digest> only_digest(std::string_view written) {
  Digest digest;
  return read_digest(digits_of(written), digest) ? std::optional(digest) : std::nullopt;
}

// The template's word; nothing where it has none for what is said.
std::optional<std::string_view> word_of(const ListRow& row, Instant as_of) {
  switch (row.claim) {
    case Claim::revoked: return "Yes";
    case Claim::planned: return "Planned";
    case Claim::delayed: return "Delayed";
    case Claim::expired: return not_applicable;
    case Claim::not_revoked:
      if (row.not_after && row.not_after->last <= as_of) return not_applicable;
      return std::nullopt;
    case Claim::nothing: return std::nullopt;
  }
  return std::nullopt;
}

void append_bounds(const Bounds& bounds, std::string& to) {
  const auto end = [&to](Instant instant) {
    if (instant > open_past && instant < open_future) to += rfc3339(instant);
  };
  end(bounds.first);
  to += ',';
  end(bounds.last);
}

}  // namespace

std::string appendix_header() {
  std::string header;
  for (std::size_t i = 0; i < column_count; ++i) header += (i == 0 ? "" : ",") + std::string(name(static_cast<Column>(i)));
  return header + "\n";
}

bool append_to_appendix(const ListRow& row, Instant as_of, std::string& to) {
  bool complete = row.digest.has_value();
  const auto add = [&](std::string_view text) { complete = append_field(text, to) && complete; };
  const auto hash = [&](Column column) {
    const bool is_link = row.source == nullptr && column == Column::certificate_hash;
    const std::string written = row.text(column);
    const auto digest = is_link ? row.digest : only_digest(written);
    complete = complete && (digest || says_nothing(written));
    add(digest ? hex(*digest) : says_nothing(written) ? std::string(not_applicable) : written);
    to += ',';
  };
  const auto field = [&](Column column, bool has_to_be_there) {
    const std::string text = row.text(column);
    complete = complete && !(has_to_be_there && text.empty());
    add(text.empty() ? not_applicable : std::string_view(text));
    to += ',';
  };
  const auto time = [&](const std::optional<Bounds>& bounds, Column column) {
    complete = append_time(bounds, row.text(column), to) && complete;
    to += ',';
  };
  hash(Column::precertificate_hash);
  hash(Column::certificate_hash);
  field(Column::subject, true);
  field(Column::issuer, true);
  time(row.not_before, Column::not_before);
  time(row.not_after, Column::not_after);
  const std::string serial = row.serial ? hex(row.serial->bytes()) : row.text(Column::serial);
  add(serial.empty() ? not_applicable : std::string_view(serial));
  to += ',';
  field(Column::dns_names, false);
  const auto word = word_of(row, as_of);
  add(word ? std::string(*word) : row.text(Column::is_revoked));
  to += ',';
  const bool has_date = row.claim == Claim::revoked || row.claim == Claim::planned || row.claim == Claim::delayed;
  if (row.revocation_date || has_date || !says_nothing(row.text(Column::revocation_date)))
    time(row.revocation_date, Column::revocation_date);
  else to.append(not_applicable) += ',';
  const std::string reason = row.text(Column::revocation_reason);
  if (row.reason) to += name_of(*row.reason);
  else add(says_nothing(reason) ? std::string(not_applicable) : reason);
  to += '\n';
  return complete && word && row.serial && (row.reason || says_nothing(reason));
}

bool append_link(const ListRow& row, std::string& to) {
  if (!row.digest || !row.has_certificate) return false;
  to.append(link_start).append(hex(*row.digest)) += '\n';
  return true;
}

std::string verdict_header() {
  return "SHA-256 hash,Serial #,Of,Duty,Verdict,Late at least (s),Late at most (s),Last on time from,Last on time to,Why,File,"
         "Line\n";
}

void append_verdicts(const ListRow& row, std::uint32_t file, std::span<const std::uint32_t> groups,
                     const Contradictions& contradictions, const VerdictContext& context, RowText& row_text) {
  std::string& to = row_text.text;
  for (const std::uint32_t index : groups) {
    if (!context.grouping->is_selected(index)) continue;
    const CertificateGroup& group = context.grouping->groups()[index];
    for (const RevocationClock& clock : group.clocks) {
      Elapsed lateness;
      Doubt doubt{};
      const CertificateStanding standing = judge(row, clock, context.as_of, contradictions, lateness, doubt);
      to += row.digest ? hex(*row.digest) : std::string();
      to += ',';
      to += row.serial ? hex(row.serial->bytes()) : std::string();
      to += ',';
      append_field(group.name, to);
      to += ',';
      append_field(clock.duty, to);
      to += ',';
      append_field(name(standing), to);
      to += ',';
      if (standing == CertificateStanding::late) to += std::to_string(lateness.least.count());
      to += ',';
      if (standing == CertificateStanding::late && lateness.most < unbounded) to += std::to_string(lateness.most.count());
      to += ',';
      append_bounds(clock.last_on_time, to);
      to += ',';
      append_field(why_open(standing, {file, row.line, {}, doubt, row.claim, row.revocation_date}), to);
      to += ',';
      append_field((*context.files)[file], to);
      to += ',';
      row_text.lines.emplace_back(to.size(), row.line);
      to += '\n';
    }
  }
}

}  // namespace cita
