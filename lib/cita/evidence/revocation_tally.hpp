// What the rows of lists say of duties to revoke: how many certificates were revoked in time, how late the others, whether CRLs
// and OCSP answers say the same, and whether the figures that somebody told are true.
#pragma once

#include <cita/evidence/grouping.hpp>
#include <cita/evidence/list_files.hpp>
#include <cita/evidence/number_counts.hpp>
#include <cita/evidence/serial_rows.hpp>
#include <cita/evidence/status_evidence.hpp>
#include <cita/time/limit.hpp>

#include <algorithm>
#include <array>
#include <functional>
#include <optional>
#include <vector>

namespace cita::evidence {

/// How one certificate stands against its deadline.
enum class CertificateStanding : std::uint8_t {
  met,           ///< revoked by the deadline
  late,          ///< revoked after it
  not_revoked,   ///< the deadline has passed, and the list tells of no revocation
  expired,       ///< not revoked, and expired by the deadline
  short_lived,   ///< the document asks for no revocation of one that is valid so shortly
  planned,       ///< the deadline is to come, and so is the planned date
  running,       ///< the deadline is to come, and there is no date to come
  undetermined,  ///< what the list says allows for more than one of these, or says nothing
};
inline constexpr std::size_t standing_count = 8;
/// "met", "late", "not revoked", …
std::string_view name(CertificateStanding standing);

/// Why a certificate is undetermined.
enum class Doubt : std::uint8_t {
#define DOUBT(name, code, text) name,
#include <cita/evidence/doubts.def>
#undef DOUBT
};
inline constexpr std::size_t doubt_count =
    std::initializer_list<std::string_view>{
#define DOUBT(name, code, text) code,
#include <cita/evidence/doubts.def>
#undef DOUBT
    }
        .size();
/// "date-allows-both"; why it is undetermined, to stand behind a colon.
struct DoubtTexts {
  std::string_view code, text;
};
const DoubtTexts& texts(Doubt doubt);

/// A certificate's place and how late it is, at least and at most.
struct LateCertificate {
  std::uint32_t file = 0;
  std::uint64_t line = 0;
  Digest digest{};
  Seconds least{}, most{};
};

/// The place of a certificate that is not revoked, or undetermined, and why.
struct OpenCertificate {
  std::uint32_t file = 0;
  std::uint64_t line = 0;
  Digest digest{};
  Doubt doubt{};               ///< of one that is undetermined
  Claim claim{};               ///< what the list says of it
  std::optional<Bounds> date;  ///< and of when
};

/// Who says something else than a list.
enum class Channel : std::uint8_t { crls, answers };
inline constexpr std::size_t channel_count = 2;

/// How many rows disagree with the CRLs or OCSP answers, and the first places.
enum class Disagreement : std::uint8_t {
  not_listed,      ///< said to be revoked, and not so there, although it had not expired
  listed,          ///< revoked there, and not said to be revoked
  date_differs,    ///< another date than there
  reason_differs,  ///< another reason than there
  back_dated,      ///< a revocation date from before a CRL or answer that does not know of it
  wrong_reason,    ///< another reason code there than the reason to revoke requires
  missing_reason,  ///< none, where the reason to revoke requires one
  gone,            ///< revoked there, and later not any more
  claimed_reason,  ///< the list itself has another reason code than the reason to revoke requires (counted for Channel::crls)
};
inline constexpr std::size_t disagreement_count = 9;
std::string_view name(Disagreement disagreement, Channel channel);

struct DisagreeingRow {
  Disagreement what = Disagreement::not_listed;
  Channel channel = Channel::crls;
  std::uint32_t file = 0;
  std::uint64_t line = 0;
  std::optional<Bounds> said;  ///< when it was revoked, by the list
  std::optional<CrlReason> said_reason;
  std::optional<Instant> listed;  ///< by the CRL or answer; nothing where it tells of no revocation
  std::optional<CrlReason> listed_reason;
  std::optional<Instant> after;     ///< the last of them that does not know of it
  std::vector<CrlReason> required;  ///< where the ground has reason codes, and the one that is told is none of them
};

/// When a revocation was published, against a deadline.
enum class Publication : std::uint8_t { in_time, late, undetermined };
inline constexpr std::size_t publication_count = 3;
/// "published in time", "published late", "published in time or late".
std::string_view name(Publication publication);

/// A number that an incident file tells of certificates.
struct ToldFigure {
  enum class What : std::uint8_t { total, remaining_valid, revoked, expired, revoked_or_expired };
  What what = What::total;
  std::string text;  ///< "report.certificates.total", "the event revocation-partial-1"
  Span span;
  std::int64_t told = 0;
  int group = none;                           ///< of which certificates; none: of all
  Bounds at;                                  ///< revoked, expired or still valid then, or at some time between
  std::optional<std::int64_t> at_least = {};  ///< there are so many, or more; nothing: as many as told
  bool may_have_others = false;               ///< beside those of the lists

  /// Whether so many may be there.
  bool goes_with(const CountRange& found) const {
    if (may_have_others) return told >= 0 && static_cast<std::uint64_t>(told) >= found.least;
    return at_least ? *at_least <= 0 || found.most >= static_cast<std::uint64_t>(*at_least) : found.contains(told);
  }
};

/// What is made of rows whose place in their list is not known yet.
struct RowText {
  std::string text;
  std::vector<std::pair<std::size_t, std::uint64_t>> lines;  ///< offsets of the text where the number of a line is to stand

  /// The text with all numbers, once the lines in front are counted.
  std::string placed(std::uint64_t lines_before) const;
};
/// What CRLs or answers say instead of what a row says: that it was revoked then, or, without a time, that it was not.
struct Instead {
  std::optional<Bounds> revoked;
};
/// By each channel, where it contradicts the row.
using Contradictions = std::array<std::optional<Instead>, channel_count>;

/// Something else that wants to hear of every row: what it makes of a row goes to its sink in the order of the lists.
struct RowExtract {
  /// As it is written; nothing where it is not asked for.
  std::function<void(const ListRow& row, std::uint32_t file, RowText& to)> of_row;
  /// Without its texts, and with what contradicts it; nothing where it is not asked for.
  std::function<void(const ListRow& row, std::uint32_t file, const Contradictions& contradictions, RowText& to)> of_judged;
  std::function<void(std::string_view text)> sink;
};

struct TallyOptions {
  Instant as_of;
  const Grouping* grouping = nullptr;        ///< nothing: nobody is judged
  const StatusEvidence* evidence = nullptr;  ///< CRLs and OCSP answers
  std::size_t kept = 5;                      ///< worst ones, open ones of each kind, and places of each disagreement
  bool judges_candidates = false;            ///< rows of nobody knows whom by the clocks of each who may have them, too
  std::vector<ToldFigure> figures;
  std::shared_ptr<SerialStore> serials;  ///< where rows go, so that those of one issuer and serial number are found; or nothing
  std::vector<RowExtract> extracts;
};

/// The instants up to which a revocation is on time.
Bounds last_on_time(const Limit& limit, const Moment& clock);
/// Whether a row says that its certificate was revoked by then. "Delayed" with a date that has passed may be how a tool tells of
/// a late revocation, or a plan that came to nothing; a hold is no revocation.
Truth says_revoked(const ListRow& row, Instant as_of);
/// Whether a row's certificate is so short-lived that the duty does not ask for its revocation.
Truth is_exempt(const ListRow& row, const RevocationClock& clock);
/// How a row stands by a clock; `lateness` receives how late it is, `doubt` why it is undetermined.
CertificateStanding judge(const ListRow& row, const RevocationClock& clock, Instant as_of, Elapsed& lateness, Doubt& doubt);
/// The same where CRLs or answers contradict it: undetermined where the deadline was kept by one of them and not by another.
CertificateStanding judge(const ListRow& row, const RevocationClock& clock, Instant as_of, const Contradictions& contradictions,
                          Elapsed& lateness, Doubt& doubt);
CertificateStanding judge(const ListRow& row, const RevocationClock& clock, Instant as_of, Elapsed& lateness);

/// Of several times that are only known in bounds, when the last one was; `time` is one more of them.
inline void keep_last(std::optional<Bounds>& last, const Bounds& time) {
  last = last ? Bounds{std::max(last->first, time.first), std::max(last->last, time.last)} : time;
}

/// How the certificates of a group stand by one of its clocks.
class ClockTally {
 public:
  void add(CertificateStanding standing, const Elapsed& lateness, Doubt doubt, const ListRow& row, Instant as_of,
           std::size_t kept);
  void add(Publication publication) { ++publications_[static_cast<std::size_t>(publication)]; }
  void add_planned_late() { ++planned_late_; }
  void append(const ClockTally& later, std::uint32_t file, std::uint64_t lines_before, std::size_t kept);

  std::uint64_t count(CertificateStanding standing) const { return standings_[static_cast<std::size_t>(standing)]; }
  std::uint64_t count(Publication publication) const { return publications_[static_cast<std::size_t>(publication)]; }
  /// Those of which the deadline is breached.
  std::uint64_t against() const { return count(CertificateStanding::late) + count(CertificateStanding::not_revoked); }
  std::uint64_t planned_late() const { return planned_late_; }
  /// Late ones that may not be revoked to this day: "Delayed", with a date that has passed.
  std::uint64_t late_in_doubt() const { return late_in_doubt_; }
  /// Undetermined ones of which nothing is left all the same: revoked, or expired since. How late they were is open.
  std::uint64_t done_in_doubt() const { return done_in_doubt_; }
  /// Late ones that had expired when they were revoked.
  std::uint64_t late_after_end() const { return late_after_end_; }
  /// The last revocation of those that are revoked for sure; open where the time of one is, or where one is undetermined.
  const std::optional<Bounds>& last_revoked() const { return last_revoked_; }
  /// Undetermined ones for this reason.
  std::uint64_t count(Doubt doubt) const { return doubts_[static_cast<std::size_t>(doubt)]; }
  /// The first that are not revoked, and the first that are undetermined, in the order of the lists.
  const std::vector<OpenCertificate>& not_revoked() const { return not_revoked_; }
  const std::vector<OpenCertificate>& undetermined() const { return undetermined_; }
  /// The latest first; of equally late ones the first of the lists.
  const std::vector<LateCertificate>& worst() const { return worst_; }
  /// Of those that are not revoked, the ones that have expired since: nothing is left to be done.
  std::uint64_t ended() const { return ended_; }
  /// How late the last of them was then.
  const Elapsed& longest_ended() const { return longest_ended_; }
  /// The lateness that so many hundredths of the late certificates do not exceed (nearest rank): exact, in the bounds of their
  /// dates. Nothing where none is late.
  std::optional<Elapsed> lateness(unsigned hundredths) const;

  /// What is written down of it (words.hpp), and whether what was read can be.
  auto parts() {
    return std::tie(standings_, publications_, doubts_, planned_late_, late_in_doubt_, done_in_doubt_, late_after_end_, ended_,
                    longest_ended_.least, longest_ended_.most, last_revoked_, least_, most_, worst_, not_revoked_, undetermined_);
  }
  bool is_sound() const { return most_.empty() || most_.size() == least_.size(); }

 private:
  void keep_worst(const LateCertificate& late, std::size_t kept);
  void keep_ended(const Elapsed& lateness, std::uint64_t count);

  std::array<std::uint64_t, standing_count> standings_{};
  std::array<std::uint64_t, publication_count> publications_{};
  std::array<std::uint64_t, doubt_count> doubts_{};
  std::uint64_t planned_late_ = 0, late_in_doubt_ = 0, done_in_doubt_ = 0, late_after_end_ = 0, ended_ = 0;
  Elapsed longest_ended_{Seconds{0}, Seconds{0}};
  std::optional<Bounds> last_revoked_;
  std::vector<std::uint32_t> least_, most_;  // of each late one; `most_` stays empty while all are exact
  std::vector<LateCertificate> worst_;
  std::vector<OpenCertificate> not_revoked_, undetermined_;
};

/// When certificates were revoked, by the hour where that is known, else by the day.
struct RevocationTimes {
  NumberCounts by_hour, by_day;  ///< hours and days since 1970

  /// False where not even the day is known: then nothing is counted.
  bool add(const Bounds& revoked);
  void append(const RevocationTimes& later);
};

/// The known revocations of a group over time, and how many have no place there.
struct RevocationHistory {
  RevocationTimes met, late, open;  ///< by how they stand by the main clock; open: neither of the two, or there is no clock
  std::uint64_t several_days = 0;   ///< revoked at a time that allows several days
  std::uint64_t undated = 0;        ///< without a date that can be read
  std::uint64_t contradictory = 0;  ///< said to be revoked before it was valid, or at a time that is still to come

  void add(const ListRow& row, Instant as_of, CertificateStanding by_main_clock);
  void append(const RevocationHistory& later);
};

struct GroupTally {
  std::uint64_t rows = 0;
  std::vector<ClockTally> clocks, publications;  ///< as the group has them
  RevocationHistory history;
  std::vector<std::uint64_t> restrained, restrained_late;  ///< rows under each restraint; those that its main clock finds late

  CountRange revoked, expired;  ///< by as-of; counted where serial numbers are paired
  std::optional<Bounds> last_revoked;

  void add(const ListRow& row, Instant as_of, bool counts_revoked, CertificateStanding by_main_clock);
  void count_revoked(const ListRow& row, Instant as_of);
  void append(const GroupTally& later, std::uint32_t file, std::uint64_t lines_before, std::size_t kept);
};

/// Rows of nobody knows whom that may be of one group: how many, and how many of them are not surely late by each of its clocks.
struct CandidateRows {
  std::uint64_t rows = 0;
  std::vector<std::uint64_t> perhaps_kept;
};

/// A time of issuance and the row that has it.
struct IssuedRow {
  Bounds issued;
  std::uint32_t file = 0;
  std::uint64_t line = 0;
};

/// The first and the last of them. Of dates that are only known in bounds another one may be the first, for sure.
struct IssuanceExtremes {
  std::optional<IssuedRow> first, last;                ///< by the beginning, and by the end of the bounds
  std::optional<IssuedRow> surely_first, surely_last;  ///< by the end, and by the beginning of the bounds

  void add(const IssuedRow& row);
  void append(const IssuanceExtremes& later, std::uint32_t file, std::uint64_t lines_before);
};

class RevocationTally : public RowSum {
 public:
  /// The options outlive it.
  explicit RevocationTally(const TallyOptions& options);

  void begin(std::uint32_t file) override;
  void add(const ListRow& row) override;
  void finish() override;
  void append(const RowSum& later, std::uint32_t file, std::uint64_t lines_before) override;

  std::uint64_t rows() const { return rows_; }
  std::uint64_t count(Claim claim) const { return claims_[static_cast<std::size_t>(claim)]; }
  std::uint64_t count(Disagreement what, Channel channel) const {
    return disagreements_[static_cast<std::size_t>(channel)][static_cast<std::size_t>(what)];
  }
  /// Of those that are dated back, the ones whose reason is a key compromise.
  std::uint64_t back_dated_for_compromise(Channel channel) const {
    return back_dated_for_compromise_[static_cast<std::size_t>(channel)];
  }
  /// Rows that do not tell at all whether they are revoked: links, and fields that are empty or missing.
  std::uint64_t silent() const { return silent_; }
  /// Rows without a hash that can be read.
  std::uint64_t nameless() const { return nameless_; }
  std::uint64_t pairs() const { return pairs_; }
  std::uint64_t only_precertificates() const { return only_precertificates_; }
  std::uint64_t listed(Channel channel) const { return listed_[static_cast<std::size_t>(channel)]; }
  /// Rows of issuers of whom there is neither CRL nor answer.
  std::uint64_t of_other_issuers() const { return of_other_issuers_; }
  /// Rows of which nobody can say whether their issuer is one of whom there is a CRL or answer, or which of them.
  std::uint64_t of_unsure_issuers() const { return of_unsure_issuers_; }
  /// Rows that could not be held against CRLs or answers, for they have no serial number.
  std::uint64_t without_serial() const { return without_serial_; }
  /// Rows that are not of the case or cohort that is asked for.
  std::uint64_t not_asked_for() const { return not_asked_for_; }
  /// Rows that do not say whether they name a certificate or a precertificate: links and fingerprints.
  std::uint64_t of_unknown_kind() const { return of_unknown_kind_; }
  const IssuanceExtremes& issued() const { return issued_; }
  const std::vector<DisagreeingRow>& disagreeing() const { return disagreeing_; }
  /// Of each group, in their order.
  const std::vector<GroupTally>& groups() const { return groups_; }
  /// Of each group, where that is asked for.
  const std::vector<CandidateRows>& candidates() const { return candidates_; }
  /// Of each told figure, by row: certificates that several rows name are counted as often.
  const std::vector<CountRange>& figures() const { return figures_; }
  /// For each CRL, by date: how many revocations it is the first to show, and after when all of them were published; nothing
  /// where that is not known of one.
  struct FirstShown {
    std::uint64_t count = 0;
    std::optional<Instant> after;

    void add(const FirstShown& other);
  };
  const std::vector<FirstShown>& first_shown() const { return first_shown_; }
  const SerialRows& serial_rows() const { return serial_rows_; }

  /// What is written down of it (words.hpp).
  auto parts() {
    return std::tie(rows_, silent_, nameless_, pairs_, only_precertificates_, of_other_issuers_, of_unsure_issuers_,
                    without_serial_, not_asked_for_, back_dated_for_compromise_, listed_, claims_, disagreements_,
                    of_unknown_kind_, issued_, groups_, disagreeing_, figures_, first_shown_, serial_rows_);
  }

 private:
  using Groups = std::span<const std::uint32_t>;
  // By each channel.
  struct SeenBy {
    std::array<std::optional<SeenRevocation>, channel_count> revoked;
    std::array<std::optional<Instant>, channel_count> held_since;  // of one that is said to be revoked, and is on hold alone
    Contradictions instead;
  };
  // A row whose revocation is still to be looked for.
  struct AwaitingRow {
    ListRow row;
    const StatusEvidence::Issuer* issuer = nullptr;
    Groups groups;
    std::vector<std::uint32_t> memory;  // of the groups
    std::optional<Digest> precertificate;
  };

  void put_off(const ListRow& row, Groups groups);
  // Nothing where no restraint asks for it.
  std::optional<Digest> restrained_precertificate(const ListRow& row) const;
  Groups groups_of(const ListRow& row, std::vector<std::uint32_t>& memory) const;
  void judge_row(const ListRow& row, const std::optional<Digest>& precertificate, Groups groups, const SeenBy& seen);
  void judge_for_candidates(const ListRow& row);
  void judge_publications(const ListRow& row, const CertificateGroup& group, const SeenBy& seen, GroupTally& tally) const;
  void extract_judged(const ListRow& row, const Contradictions& contradictions);
  FigureBits count_figures(const ListRow& row, Groups groups);
  void look_up(const ListRow& row, const StatusEvidence::Issuer& issuer, SeenBy& seen) const;
  void compare(const ListRow& row, const StatusEvidence::Issuer& issuer, SeenBy& seen);
  void compare(const ListRow& row, const StatusEvidence::Issuer& issuer, SeenBy& seen, Channel channel);
  void compare_hold(const ListRow& row, const std::optional<Instant>& since, SeenBy& seen, Channel channel);
  void check_reasons(const ListRow& row, std::span<const std::uint32_t> groups, const SeenBy& seen);
  void disagree(Disagreement what, Channel channel, const ListRow& row, const SeenRevocation* seen,
                const std::vector<CrlReason>& required = {});

  const TallyOptions* options_;
  std::uint32_t file_ = 0;
  StatusEvidence::Memory issuers_;
  std::vector<AwaitingRow> awaiting_;  // the first `awaiting_rows_` of them
  std::size_t awaiting_rows_ = 0;
  std::uint64_t rows_ = 0, silent_ = 0, nameless_ = 0, pairs_ = 0, only_precertificates_ = 0, of_other_issuers_ = 0,
                of_unsure_issuers_ = 0, without_serial_ = 0, not_asked_for_ = 0;
  std::array<std::uint64_t, channel_count> listed_{}, back_dated_for_compromise_{};
  std::array<std::uint64_t, 6> claims_{};
  std::array<std::array<std::uint64_t, disagreement_count>, channel_count> disagreements_{};
  std::uint64_t of_unknown_kind_ = 0;
  IssuanceExtremes issued_;
  std::vector<GroupTally> groups_;
  std::vector<CandidateRows> candidates_;
  std::vector<const RevocationClock*> main_clocks_;  // of each group
  std::vector<DisagreeingRow> disagreeing_;
  std::vector<CountRange> figures_;
  std::vector<FirstShown> first_shown_;
  SerialRows serial_rows_;
  std::vector<RowText> extracts_;
  bool requires_reasons_ = false;   // any group does
  bool names_restrained_ = false;   // a restraint of any group is on certificates that it names
  std::vector<CrlReason> allowed_;  // memory of one row, and the next
  std::vector<std::uint32_t> groups_of_row_;
  std::optional<Groups> groups_of_all_;  // of the list's rows, where they are the same
};

}  // namespace cita::evidence
