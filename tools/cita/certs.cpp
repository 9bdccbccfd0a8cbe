// cita certs LIST…: how many certificates of a list were revoked in time, and whether CRLs say the same.
#include "command.hpp"

#include <cita/evidence/byte_source.hpp>
#include <cita/output/certificate_report.hpp>
#include <cita/time/notation.hpp>
#include <cita/time/zone.hpp>

#include <algorithm>
#include <future>
#include <thread>

namespace cita::tool {

namespace {

using namespace evidence;

constexpr std::size_t most_crl_bytes = std::size_t{1} << 30U, most_certificate_bytes = std::size_t{1} << 20U;

struct Options {
  CommonOptions common;
  std::vector<std::string> lists, crls;
  std::string issuer, clock, within, zone, format = "text", output;
  unsigned jobs = 0;
  std::size_t shown = 5;
};

// "24h", "5d", or ISO 8601: PT24H.
std::optional<Limit> limit_of(const std::string& text) {
  if (text.empty() || text.front() == 'P') return parse_duration(text);
  const std::string number = text.substr(0, text.size() - 1);
  if (text.back() == 'h') return parse_duration("PT" + number + "H");
  if (text.back() == 'd') return parse_duration("P" + number + "D");
  return std::nullopt;
}

// False, with a message on standard error, where the deadline cannot be told.
bool read_deadline(const Options& options, CertificateReport& report) {
  if (options.clock.empty() && options.within.empty()) return true;
  StampContext context;
  context.zone = options.zone;
  const StampResult clock = read_notation(options.clock, context);
  const auto limit = limit_of(options.within);
  if (!clock) complain("--clock '" + options.clock + "' is not a time; write it as 2026-05-04T08:10:00Z");
  else if (!limit || limit->kind != LimitKind::elapsed)
    complain("--within '" + options.within + "' is no amount of time; write 24h or 5d");
  else {
    report.clock = options.clock;
    report.limit = describe(*limit);
    report.last_on_time = last_on_time(*limit, clock.stamp->moment);
    return true;
  }
  return false;
}

// Walks each CRL while another thread verifies its signature. False, with a message on standard error, where one cannot be read.
bool read_crls(const Options& options, CertificateReport& report, std::vector<Crl>& crls) {
  std::string problem;
  std::optional<std::string> issuer;
  if (!options.issuer.empty() && !(issuer = read_whole(options.issuer, most_certificate_bytes, problem))) {
    complain(options.issuer + ": " + problem);
    return false;
  }
  for (const std::string& path : options.crls) {
    auto bytes = read_whole(path, most_crl_bytes, problem, worth_reading);
    CrlReport crl;
    crl.file = path;
    auto list = bytes ? Crl::open(std::move(*bytes), crl.problems) : std::nullopt;
    if (!list) {
      complain(path + ": " + (bytes ? std::string(text(CrlProblem::not_a_crl)) : problem));
      return false;
    }
    std::future<SignatureCheck> check;
    if (issuer) check = std::async(std::launch::async, [&] { return verify(list->outline(), *issuer); });
    list->index(crl.problems);
    if (issuer) crl.signature = check.get();
    crl.entries = list->entries();
    crl.this_update = list->outline().this_update;
    crl.is_complete = list->is_complete();
    // A serial number says which certificate it is only among those of one issuer.
    if (!crls.empty() && crls.front().outline().issuer != list->outline().issuer) {
      complain(path + ": it is of another issuer than " + report.crls.front().file + "; give the CRLs of one issuer at a time");
      return false;
    }
    report.crls.push_back(std::move(crl));
    crls.push_back(std::move(*list));
  }
  std::stable_sort(crls.begin(), crls.end(),
                   [](const Crl& a, const Crl& b) { return a.outline().this_update < b.outline().this_update; });
  return true;
}

bool has_findings(const CertificateReport& report) {
  const RevocationTally& tally = report.tally();
  bool found = tally.count(CertificateStanding::late) + tally.count(CertificateStanding::not_revoked) +
                   report.lists.faults.total() + report.lists.duplicate_rows >
               0;
  for (std::size_t i = 0; i < disagreement_count; ++i) found = found || tally.count(static_cast<Disagreement>(i)) > 0;
  for (const CrlReport& crl : report.crls)
    found = found || !crl.is_complete || (crl.signature && *crl.signature != SignatureCheck::good);
  return found;
}

int run(const Options& options) {
  const auto now = as_of(options.common.as_of);
  if (!now) return exit_unusable;
  if (!options.zone.empty() && !is_zone(options.zone)) {
    complain("there is no zone '" + options.zone + "'; write UTC, +02:00 or Europe/Berlin");
    return exit_unusable;
  }
  CertificateReport report;
  report.files = options.lists;
  report.as_of = now->instant;
  std::vector<Crl> crls;
  if (!read_deadline(options, report) || !read_crls(options, report, crls)) return exit_unusable;
  ListOptions how;
  how.context = {options.zone, now->instant};
  how.threads = options.jobs > 0 ? options.jobs : std::max(1U, std::thread::hardware_concurrency());
  how.faults_kept = how.duplicates_kept = options.shown;
  const TallyOptions tally{report.last_on_time, now->instant, &crls, options.shown};
  report.lists = read_lists(options.lists, how, [&] { return std::make_unique<RevocationTally>(tally); });
  for (const std::string& each : report.lists.unopened) complain(each);
  if (!report.lists.unopened.empty()) return exit_unusable;
  const std::string text = options.format == "json" ? certificate_json(report) : certificate_text(report, options.common.style());
  if (write_whole(text, options.output) != exit_good) return exit_unusable;
  if (report.lists.faults.count(ListProblem::unknown_form) > 0) return exit_unusable;
  if (has_findings(report)) return exit_findings;
  return report.lists.rows == 0 ? exit_nothing : exit_good;
}

}  // namespace

void add_certs(CLI::App& app, int& status) {
  auto options = std::make_shared<Options>();
  CLI::App* command =
      app.add_subcommand("certs", "Judge lists of certificates: how many were revoked in time, and whether CRLs say the same");
  command
      ->add_option("LIST", options->lists,
                   "Lists: CSV of the template, crt.sh links or fingerprints; packed too; - for standard input")
      ->required();
  command->add_option("--clock", options->clock, "When the time to revoke began, e.g. 2026-05-04T08:10:00Z")->type_name("STAMP");
  command->add_option("--within", options->within, "How long it lasts: 24h, 5d or PT24H")->type_name("AMOUNT");
  command->add_option("--zone", options->zone,
                      "The zone of dates of revocation that have none (default: any, so that none is guessed)");
  command->add_option("--crl", options->crls, "CRLs to hold the lists against, DER or PEM, packed too (repeatable)")
      ->type_name("FILE")
      ->allow_extra_args(false);
  command->add_option("--issuer", options->issuer, "The certificate that the CRLs are verified with")->type_name("CERT");
  command->add_option("--as-of", options->common.as_of,
                      "The lists are of this instant, e.g. 2026-05-04T08:10:00Z (else SOURCE_DATE_EPOCH, else the clock)");
  command->add_option("--show", options->shown, "How many of each kind are shown; all are counted")
      ->check(CLI::Range(0, 100'000))
      ->capture_default_str();
  command->add_option("--jobs", options->jobs, "How many threads (default: one for each processor)")
      ->check(CLI::Range(0, 64))
      ->type_name("N");
  command->add_option("--format", options->format, "text or json")->check(CLI::IsMember({"text", "json"}))->capture_default_str();
  command->add_option("--output", options->output, "Where the answer goes (default: standard output)")->type_name("FILE");
  options->common.add_terminal(*command);
  command->footer(
      "Without --clock and --within the form is checked and nobody is judged. Every row is judged by the same clock; a "
      "certificate\n"
      "that was issued after the deadline has another, and is undetermined. Short-lived certificates are not told apart.\n"
      "Exit codes: 0 nothing; 1 late or unrevoked certificates, faults, duplicates or disagreements; 2 unreadable; 3 no rows.");
  command->callback([options, &status] { status = run(*options); });
}

}  // namespace cita::tool
