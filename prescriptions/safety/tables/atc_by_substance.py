"""ATC codes of usual medicines that the public base leaves without one, by their folded common names.

Source: ATC index of the WHO, our reading, for the systemic forms; only what the tables of this package need to recognise.
"""

from __future__ import annotations

ATC_BY_SUBSTANCE: dict[frozenset[str], str] = {
    frozenset(names.split(" + ")): atc
    for atc, names in (
        ("M01AB05", "diclofenac"), ("M01AH01", "celecoxib"), ("M01AH05", "etoricoxib"), ("M01AE02", "naproxene"),
        ("M01AC06", "meloxicam"), ("M01AE03", "ketoprofene"), ("M01AE01", "ibuprofene"), ("M01AE09", "flurbiprofene"),
        ("M01AC01", "piroxicam"), ("M01AB16", "aceclofenac"), ("M01AB01", "indometacine"), ("M01AX02", "acide niflumique"),
        ("M01AE11", "acide tiaprofenique"), ("M01AX01", "nabumetone"), ("M01AC02", "tenoxicam"), ("M01AE04", "fenoprofene"),
        ("M01AB08", "etodolac"), ("M01AE17", "dexketoprofene"), ("M01AG01", "acide mefenamique"), ("M01AX22", "morniflumate"),
        ("N02AJ08", "ibuprofene + codeine"), ("N02AJ14", "dexketoprofene + tramadol"), ("N02BA01", "acide acetylsalicylique"),
        ("R06AD08", "oxomemazine"), ("R06AA09", "doxylamine"), ("R06AD02", "promethazine"), ("R06AD01", "alimemazine"),
        ("R06AD07", "mequitazine"), ("R06AB02", "dexchlorpheniramine"), ("R06AX02", "cyproheptadine"),
        ("N05CF01", "zopiclone"), ("N05BA04", "oxazepam"), ("N05BA06", "lorazepam"), ("N05CD06", "lormetazepam"),
        ("N05CD11", "loprazolam"), ("N05CD02", "nitrazepam"), ("N05CD04", "estazolam"), ("N05BX03", "etifoxine"),
        ("N05CH01", "melatonine"), ("N05CJ03", "daridorexant"), ("A03CA02", "clidinium + chlordiazepoxide"),
        ("N06AA09", "amitriptyline"), ("N06AA04", "clomipramine"), ("N06AA16", "dosulepine"), ("N06AX12", "bupropione"),
        ("N06AX01", "oxitriptan"), ("N05AG02", "pimozide"), ("N05AD05", "pipamperone"), ("N05AC04", "pipotiazine"),
        ("N05AN01", "lithium"), ("N06DA02", "donepezil"), ("N06DA03", "rivastigmine"), ("N06DX01", "memantine"),
        ("N04AA02", "biperidene"), ("N04AA12", "tropatepine"), ("N04BC09", "rotigotine"), ("N04BD03", "safinamide"),
        ("N03AB02", "phenytoine"), ("N03AG01", "valproate de sodium + acide valproique"), ("N07CA02", "acetylleucine"),
        ("N02AA03", "hydromorphone"), ("N02AA55", "oxycodone + naloxone"), ("N02AA08", "dihydrocodeine"), ("R05DA04", "codeine"),
        ("M03BA03", "methocarbamol"), ("M03BX05", "thiocolchicoside"), ("C01AA05", "digoxine"), ("B01AA03", "warfarine"),
        ("C09CA08", "olmesartan"), ("C09DA08", "olmesartan + hydrochlorothiazide"),
        ("C09BB07", "ramipril + amlodipine"), ("C10BX11", "atorvastatine + amlodipine + perindopril"),
        ("C10AA08", "pitavastatine"),
        ("C10BA05", "ezetimibe + atorvastatine"), ("C10BX03", "amlodipine + atorvastatine"), ("C02AB01", "methyldopa"),
        ("C02AC01", "clonidine"), ("C07AG01", "labetalol"), ("C01BD07", "dronedarone"), ("C01DA02", "trinitrine"),
        ("J01DB01", "cefalexine"), ("J01DC01", "cefoxitine"), ("J01FA01", "erythromycine"), ("J01FA10", "azithromycine"),
        ("J01CA08", "pivmecillinam"), ("J01CA17", "temocilline"), ("J01EA01", "trimethoprime"), ("J01AA08", "minocycline"),
        ("J01AA05", "methylenecycline"), ("J01FF01", "clindamycine"), ("J01GB07", "netilmicine"), ("J01GB01", "tobramycine"),
        ("P01AB01", "metronidazole"), ("P01AB03", "ornidazole"), ("P01AB02", "tinidazole"), ("A07AA11", "rifaximine"),
        ("A03FA03", "domperidone"), ("A03FA01", "metoclopramide"), ("G04BD04", "oxybutynine"), ("G04BD07", "tolterodine"),
        ("G04BD11", "fesoterodine"), ("G04BD09", "chlorure de trospium"), ("G04BD12", "mirabegron"), ("G04CA01", "alfuzosine"),
        ("G04CA03", "terazosine"), ("G04CA04", "silodosine"), ("R03DA04", "theophylline"), ("H02AB06", "prednisolone"),
        ("H02AB09", "hydrocortisone"), ("A06AB02", "bisacodyl"), ("A02BX02", "sucralfate"), ("N02BE01", "paracetamol"),
        ("L04AD02", "tacrolimus"), ("L04AH02", "everolimus"), ("A10BK02", "canagliflozine"), ("R05CB01", "acetylcysteine"),
        ("R05CB03", "carbocisteine"), ("V03AE10", "cyclosilicate de zirconium"), ("V03AE01", "polystyrene sulfonate de calcium"),
        ("A06AD15", "macrogol"),
        ("A06AD65", "macrogol + bicarbonate de sodium + chlorure de potassium + chlorure de sodium"),
        ("A06AD12", "lactitol"), ("A06AA01", "paraffine liquide"), ("A06AC01", "ispaghul (graine d'), tegument de la"),
        ("B03A", "fer"), ("B03AD", "fer + acide folique"), ("B03BB01", "acide folique"), ("A12CC", "magnesium"),
        ("A12CC", "magnesium + pyridoxine"), ("A02AA04", "hydroxyde de magnesium"), ("A12CB", "zinc"),
        ("A02AD01", "hydroxyde de magnesium + oxyde d'aluminium"), ("A02BX13", "alginate de sodium + bicarbonate de sodium"),
        ("A07XA04", "racecadotril"), ("A07BC05", "diosmectite"), ("A03AX13", "dimeticone"), ("A03AX04", "pinaverium"),
        ("C05CA53", "fraction flavonoique purifiee micronisee"), ("R05CB06", "ambroxol"), ("A11GA01", "acide ascorbique"),
        ("A11CC01", "ergocalciferol"), ("N06BX03", "piracetam"), ("N02BE51", "paracetamol + cafeine"),
        ("R06AX26", "fexofenadine"), ("R06AX28", "rupatadine"), ("R06AX25", "mizolastine"), ("A03AX12", "phloroglucinol"),
    )
}  # fmt: skip
