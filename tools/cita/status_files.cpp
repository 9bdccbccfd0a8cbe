#include "status_files.hpp"

#include "command.hpp"

#include <cita/evidence/byte_source.hpp>
#include <cita/evidence/der.hpp>
#include <cita/evidence/der_file.hpp>
#include <cita/evidence/ocsp.hpp>

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
  std::vector<std::string> issuers;  // certificates
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

// False, with a message on standard error, where none is in a file.
bool read_issuers(const std::vector<std::string>& paths, Work& work) {
  for (const std::string& path : paths) {
    std::string problem;
    auto bytes = read_whole(path, most_answer_bytes, problem);
    if (!bytes) {
      complain(path + ": " + problem);
      return false;
    }
    work.note("issuer", *bytes);
    auto certificates = certificates_in(*bytes);
    if (certificates.empty()) {
      complain(path + ": " + not_read(*bytes, "the file is no certificate, DER or PEM"));
      return false;
    }
    for (const std::string& each : certificates) work.evidence.add_key(issuer_key(each));
    std::move(certificates.begin(), certificates.end(), std::back_inserter(work.issuers));
  }
  // Of several that would do the same one is taken, in whatever order they are given.
  std::sort(work.issuers.begin(), work.issuers.end());
  return true;
}

struct Verified {
  SignatureCheck check = SignatureCheck::no_certificate;
  std::string key;  // of the certificate that it is good by
};

// By the certificate that the list is of; where it is of none of them, the check that says most.
Verified verify_by_any(const CrlOutline& crl, const std::vector<std::string>& issuers) {
  Verified verified;
  for (const std::string& each : issuers) {
    const SignatureCheck by_this = verify(crl, each);
    if (by_this == SignatureCheck::good) return {by_this, issuer_key(each).key};
    verified.check = std::min(verified.check, by_this);
  }
  return verified;
}

// Walks each CRL while another thread verifies its signature. False, with a message on standard error, where one cannot be read.
bool read_crls(const std::vector<std::string>& paths, Work& work) {
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
      complain(path + ": " + (bytes ? std::string(text(CrlProblem::not_a_crl)) : problem));
      return false;
    }
    std::future<Verified> check;
    if (!work.issuers.empty())
      check = std::async(std::launch::async, [&] { return verify_by_any(list->outline(), work.issuers); });
    list->index(crl.problems);
    Verified verified;
    if (check.valid()) verified = check.get();
    if (!work.issuers.empty()) crl.signature = verified.check;
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
bool read_answers(const std::vector<std::string>& paths, Work& work) {
  for (const std::string& path : paths) {
    std::string problem;
    const auto bytes = read_whole(path, most_answer_bytes, problem);
    if (!bytes) {
      complain(path + ": " + problem);
      return false;
    }
    work.note("OCSP response", *bytes);
    OcspReport report{path, read_ocsp(*bytes, work.issuers)};
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
  Work work{seen, evidence, report, {}};
  if (!read_issuers(paths.issuers, work) || !read_crls(paths.crls, work) || !read_answers(paths.answers, work)) return false;
  evidence.finish();
  return true;
}

}  // namespace cita::tool
