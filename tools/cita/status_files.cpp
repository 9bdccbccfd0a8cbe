#include "status_files.hpp"

#include "command.hpp"

#include <cita/evidence/byte_source.hpp>
#include <cita/evidence/der.hpp>
#include <cita/evidence/der_file.hpp>
#include <cita/evidence/issuers.hpp>

#include <algorithm>
#include <future>

namespace cita::tool {

namespace {

using namespace evidence;

constexpr std::size_t most_crl_bytes = std::size_t{1} << 30U, most_answer_bytes = std::size_t{1} << 24U;

struct Work {
  const SeenFile& note;
  StatusEvidence& evidence;
  CertificateReport& report;
};

// Why a file is not what it is to be: where more follows its DER, that.
std::string not_read(const std::string& bytes, std::string_view otherwise) {
  std::size_t header = 0;
  const bool is_der = !bytes.empty() && static_cast<unsigned char>(bytes.front()) == der::sequence;
  const std::uint64_t claimed = is_der ? der::claimed_size(bytes, header).value_or(0) : 0;
  if (claimed == 0 || claimed >= bytes.size()) return std::string(otherwise);
  return "its DER ends after " + std::to_string(claimed) + " of " + std::to_string(bytes.size()) +
         " bytes; leave out what follows";
}

std::string why_no_crl(const CrlFault& fault) {
  const std::string at = place_text(fault);
  return std::string(text(fault.problem)) + (at.empty() ? "" : ": " + at);
}

// Nothing, with a message on standard error, where none is in a file.
std::optional<Issuers> read_issuers(const std::vector<std::string>& paths, const Work& work) {
  std::vector<std::string> all;
  for (const std::string& path : paths) {
    std::string problem;
    auto bytes = read_whole(path, most_answer_bytes, problem);
    if (!bytes) {
      complain(path + ": " + problem);
      return std::nullopt;
    }
    work.note("issuer", *bytes);
    auto certificates = certificates_in(*bytes);
    if (certificates.empty()) {
      complain(path + ": " + not_read(*bytes, "the file is no certificate, DER or PEM"));
      return std::nullopt;
    }
    std::move(certificates.begin(), certificates.end(), std::back_inserter(all));
  }
  // Of several that would do the same one is taken, in whatever order they are given.
  std::sort(all.begin(), all.end());
  Issuers issuers(all);
  for (const Issuers::Known& each : issuers.known())
    if (!each.is_responder) work.evidence.add_key(each.of);
  return issuers;
}

// Walks each CRL while another thread verifies its signature. False, with a message on standard error, where one cannot be read.
bool read_crls(const std::vector<std::string>& paths, const Issuers& issuers, const Work& work) {
  struct Read {
    CrlReport report;
    Crl list;
    std::string key;
  };
  std::vector<Read> all;
  for (const std::string& path : paths) {
    std::string problem;
    auto bytes = read_der(path, "X509 CRL", most_crl_bytes, problem);
    CrlReport crl;
    crl.file = path;
    if (bytes) work.note("CRL", *bytes);
    auto list = bytes ? Crl::open(std::move(*bytes), crl.problems) : std::nullopt;
    if (!list) {
      if (bytes) problem = why_no_crl(crl.problems.kept().front());
      complain(path + ": " + problem);
      return false;
    }
    std::future<VerifiedCrl> check;
    if (issuers.are_given()) check = std::async(std::launch::async, [&] { return verify(list->outline(), issuers); });
    list->index(crl.problems);
    VerifiedCrl verified;
    if (check.valid()) verified = check.get();
    if (issuers.are_given()) crl.signature = verified.check;
    crl.entries = list->entries();
    crl.this_update = list->outline().this_update;
    crl.is_complete = list->is_complete();
    const CrlScope& scope = list->outline().scope;
    crl.covers_all = scope.is_of_all() && !scope.is_delta;
    crl.issuer = list->outline().issuer;
    crl.key = scope.key;
    crl.signer = verified.key.empty() ? crl.key : verified.key;
    crl.made = list->made();
    crl.is_joined = list->is_usable() && (!crl.signature || *crl.signature == SignatureCheck::good);
    all.push_back({std::move(crl), std::move(*list), std::move(verified.key)});
  }
  std::stable_sort(all.begin(), all.end(),
                   [](const Read& a, const Read& b) { return is_before(a.list.outline(), b.list.outline()); });
  for (auto& [crl, list, key] : all) {
    if (crl.is_joined) work.evidence.add(std::move(list), std::move(key));
    else work.evidence.leave_out(list.outline());
    work.report.crls.push_back(std::move(crl));
  }
  return true;
}

// False, with a message on standard error, where one cannot be read.
bool read_answers(const std::vector<std::string>& paths, const Issuers& issuers, const Work& work) {
  for (const std::string& path : paths) {
    std::string problem;
    const auto bytes = read_whole(path, most_answer_bytes, problem);
    if (!bytes) {
      complain(path + ": " + problem);
      return false;
    }
    work.note("OCSP response", *bytes);
    OcspReport report{path, read_ocsp(*bytes, issuers)};
    if (report.reading.check == OcspCheck::not_a_response) {
      complain(path + ": " + not_read(*bytes, text(report.reading.check)));
      return false;
    }
    if (is_evidence(report.reading.check)) work.evidence.add(report.reading);
    work.report.answers.push_back(std::move(report));
  }
  return true;
}

}  // namespace

bool read_status_files(const StatusPaths& paths, const SeenFile& seen, StatusEvidence& evidence, CertificateReport& report) {
  const Work work{seen, evidence, report};
  const auto issuers = read_issuers(paths.issuers, work);
  if (!issuers || !read_crls(paths.crls, *issuers, work) || !read_answers(paths.answers, *issuers, work)) return false;
  evidence.finish();
  return true;
}

}  // namespace cita::tool
