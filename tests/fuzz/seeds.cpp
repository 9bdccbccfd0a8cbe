// fuzz_seeds FOLDER: CRLs and certificates for the targets to begin with, a folder for each target.
#include "../evidence/made_ocsp.hpp"
#include "certificates.hpp"

#include <cita/evidence/partial.hpp>

#include <filesystem>
#include <fstream>

namespace {

class Seeds {
 public:
  explicit Seeds(std::filesystem::path folder) : folder_(std::move(folder)) {}

  void add(const std::string& target, const std::string& bytes) {
    std::filesystem::create_directories(folder_ / target);
    std::ofstream(folder_ / target / std::to_string(number_++), std::ios::binary) << bytes;
  }

 private:
  std::filesystem::path folder_;
  int number_ = 0;
};

std::string usual_entries() {
  return made::entry("\x01") + made::entry(std::string("\0\x80", 2), "260323000000Z", made::reason(1)) +
         made::entry(std::string(20, '\x7F'), "20500101000000Z");
}

void add_crls(Seeds& seeds) {
  const made::Authority ca("EC");
  for (const std::string& wrong :
       {std::string(), made::entry("\xFF\x01"), made::entry("\x01"), made::entry(std::string(21, '\x02')),
        made::entry("\x02", "20260201000000Z"), made::entry("\x02", "260201000000Z", made::reason(7)),
        made::entry("\x02", "260201000000Z", made::extension("\x55\x1D\x1D", made::sequence(""))),
        made::entry("\x02", "260201000000Z", made::extension("\x55\x1D\x18", made::value(0x18, "20260201000000Z"))),
        made::sequence(made::value(2, "")), std::string("\x30\x80\x02\x01\x02\0\0", 7), std::string("\x30\x84\x80\0\0\0", 6)})
    seeds.add("crl", ca.crl(usual_entries() + wrong));
  seeds.add("crl", ca.crl(""));
}

void add_signatures(Seeds& seeds) {
  for (const char* kind : {"RSA", "EC", "ED25519"}) {
    const made::Authority ca(kind);
    seeds.add("signature", ca.crl(usual_entries()) + ca.certificate());
    if (kind == std::string("RSA")) seeds.add("signature", ca.crl("", true) + ca.certificate());
  }
  const made::Authority mute("EC", "mute", false);
  seeds.add("signature", mute.crl("") + mute.certificate());
}

void add_answers(Seeds& seeds) {
  const made::Authority ca("EC");
  for (const made::Signer signer :
       {made::Signer::issuer, made::Signer::delegated, made::Signer::not_entrusted, made::Signer::stranger})
    seeds.add("ocsp",
              made::response(ca, {{}, {"\x01", V_OCSP_CERTSTATUS_GOOD, 0}, {"\x02", V_OCSP_CERTSTATUS_UNKNOWN, 0}}, signer) +
                  ca.certificate());
}

// A record of a list, without the hash at its end.
void add_records(Seeds& seeds, const std::filesystem::path& folder) {
  const std::string list = folder / "list.csv", hash(64, 'a');
  std::ofstream(list) << "Certificate SHA-256 hash,Not before,Not after,Serial #,Is revoked?,Revocation date\n"
                      << hash << ",2026-01-01,2026-06-01,01,Yes,2026-03-26\n"
                      << hash << ",2026-01-01,2026-06-01,01,yes,2026-03-26T10:00:00Z\n";
  fuzz::Question question;
  cita::evidence::Summaries records({}, question.how, question.tally);
  records.read(list, list, {}, 0);
  const std::string line = fuzz::written(records);
  seeds.add("partial", line.substr(0, line.rfind(' ')));
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) return 2;
  Seeds seeds(arguments[1]);
  add_crls(seeds);
  add_signatures(seeds);
  add_answers(seeds);
  add_records(seeds, arguments[1]);
}
