// fuzz_seeds FOLDER: CRLs and certificates for the targets to begin with, a folder for each target.
#include "../evidence/made_crl.hpp"

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

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) return 2;
  Seeds seeds(arguments[1]);
  add_crls(seeds);
  add_signatures(seeds);
}
