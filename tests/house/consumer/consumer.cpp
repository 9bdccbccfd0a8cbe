// Uses a part of the library behind which each of its dependencies stands: YAML, zones, texts, and the compiled packs.
#include <cita/base/text.hpp>
#include <cita/policy/catalog.hpp>
#include <cita/time/format.hpp>
#include <cita/time/notation.hpp>
#include <cita/version.hpp>
#include <cita/yaml/document.hpp>

#include <iostream>

int main() {
  std::cout << "cita " << cita::version << '\n';

  cita::Diagnostics diagnostics;
  const auto source = std::make_shared<const cita::Source>("example.yaml", "reported: 2020-07-01 02:10\n");
  const auto document = cita::yaml::parse(source, diagnostics);
  cita::StampContext context;
  context.zone = "Europe/Berlin";
  const auto reported = cita::read_notation(document->root().find("reported").text(), context);
  std::cout << (reported ? cita::show(reported.stamp->moment) : reported.error.message) << '\n';

  std::cout << "報告 takes " << cita::text::width("報告") << " columns\n";

  const char duty[] = "tls-br.preliminary-report-within-24-hours";
  std::cout << duty << (cita::Catalog::built_in().duty(duty) != nullptr ? " is known\n" : " is unknown\n");
}
