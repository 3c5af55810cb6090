#!/bin/sh
# A campaign on three computers and a USB key, by the command line alone: two advisers (lea, marc)
# and the office of their circonscription.
#   three_bases.sh DOSSIER    works in DOSSIER, which must not exist yet
# NUMECOLE names the command when it is not « numecole ». What each base says at the end is left
# in DOSSIER/lea, DOSSIER/marc and DOSSIER/bureau, as JSON.
set -eu

: "${NUMECOLE:=numecole}"
mkdir "$1"
cd "$1"
mkdir usb
year=2023-2024
ferry=0110160P
pagnol=0110161R
office=0110041K

on() { # device verb…: one command on one computer
    NUMECOLE_DOSSIER=$PWD/$1 NUMECOLE_BASE=$PWD/$1/base.numecole
    export NUMECOLE_DOSSIER NUMECOLE_BASE
    shift
    "$NUMECOLE" "$@"
}
member() { # name: a text member of the JSON document on the input
    sed -n "s/^ *\"$1\": \"\(.*\)\",\{0,1\}$/\1/p" | head -n 1
}
refused() { # command…: it must be refused
    if "$@" >refused.txt 2>&1; then
        echo "accepted, should be refused: $*" >&2
        exit 1
    fi
}

cat >annuaire.csv <<'CSV'
Identifiant_de_l_etablissement;Nom_etablissement;Type_etablissement;Statut_public_prive;Code_commune;Nom_commune;Ecole_elementaire;code_circonscription;nom_circonscription
0110160P;École Jules Ferry;Ecole;Public;11069;Carcassonne;1;0110041K;Carcassonne
0110161R;École Marcel Pagnol;Ecole;Public;11069;Carcassonne;1;0110041K;Carcassonne
CSV
printf '%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\ntrailer<</Root 1 0 R>>\n%%%%EOF\n' >projet.pdf

# Enrolment: each computer its key and its card; the fingerprint is read over the telephone.
for device in lea marc bureau; do
    on "$device" importer annuaire annuaire.csv >"$device.txt"
    role=conseiller
    [ "$device" != bureau ] || role=circonscription
    on "$device" poste creer --nom "Poste $device" --bureau "$office" --role "$role" \
        --carte "usb/carte-$device.json" --json >"$device.json"
done
for device in lea marc bureau; do
    for other in lea marc bureau; do
        [ "$device" = "$other" ] || [ "$device$other" = marclea ] ||
            on "$device" poste autoriser "usb/carte-$other.json" \
                --empreinte "$(member fingerprint <"$other.json")" >>"$device.txt"
    done
done

# Léa enters Ferry and opens its label dossier; the key that carries this is lost.
on lea saisir $ferry --annee $year A1=4 B1=4 B2=4 C1=1 C2=0 C3=0 --valider >>lea.txt
on lea label creer $ferry --annee $year classes_projet=2 "projet=Journal de l'école" \
    "referent_ecole=Anne Exemple;directrice;anne@exemple.fr" >>lea.txt
on lea lot creer -o usb >>lea.txt
rm usb/numecole_0110041k_poste-lea_1.json

# Marc corrects Ferry without knowing of it, and enters Pagnol.
on marc saisir $ferry --annee $year A1=5 >>marc.txt
on marc saisir $pagnol --annee $year A1=2 B1=1 >>marc.txt
on marc lot creer -o usb >>marc.txt

# Léa's next file heals the lost one. The office gets both; twice the same changes nothing.
on lea label modifier $ferry --annee $year --joindre projet.pdf >>lea.txt
on lea lot creer -o usb --json >lot-lea.json
mv usb/numecole_0110041k_poste-lea_2.json "usb/Copie de lot (2).json"
on bureau lot importer "usb/Copie de lot (2).json" --json >recu-lea.json
on bureau lot importer usb/numecole_0110041k_poste-marc_1.json --json >recu-marc.json
on bureau lot importer "usb/Copie de lot (2).json" --json >encore.json
on bureau lot conflits --json >conflits.json

# Six words over the telephone say that the office holds all of Léa's file.
lot=$(member hash <lot-lea.json)
kid=$(member kid <bureau.json)
words=$(tr -d '\n' <recu-lea.json | sed 's/.*"words": \[\([^]]*\)\].*/\1/; s/[",]/ /g')
on lea lot recu "$lot" --de "$kid" --mots "$words" >>lea.txt
refused on lea lot recu "$lot" --de "$kid" --mots "un deux trois quatre cinq six"

# The office settles the answer, which settles the state with it, and sends all that it knows.
on bureau lot arbitrer $ferry --annee $year --champ A1 --valeur 4 \
    --motif "Compté sur place" >>bureau.txt
on bureau lot creer -o usb/retour >>bureau.txt

# Marc sends figures that are wrong: the office takes his file back, as one.
on marc saisir $pagnol --annee $year A1=30 A3=50 >>marc.txt
on marc lot creer -o usb --json >lot-marc.json
on bureau lot importer usb/numecole_0110041k_poste-marc_2.json >>bureau.txt
on bureau lot annuler "$(member hash <lot-marc.json)" >>bureau.txt
refused on bureau lot annuler "$(member hash <lot-marc.json)"

# The last file of the office arrives before the first one, which then brings nothing.
on bureau lot creer -o usb/retour >>bureau.txt
for device in lea marc; do
    on "$device" lot importer usb/retour/numecole_0110041k_poste-bureau_2.json --json \
        >"dernier-$device.json" || [ $? = 3 ]
done
on marc lot importer usb/retour/numecole_0110041k_poste-bureau_1.json >>marc.txt || [ $? = 3 ]
# Léa's card had not reached Marc: what she wrote was set aside, and comes in with her fingerprint.
on marc poste autoriser usb/carte-lea.json --empreinte "$(member fingerprint <lea.json)" --json \
    >mis-de-cote.json

for device in lea marc bureau; do
    on "$device" ecole $ferry --annee $year --json >"$device/ferry.json"
    on "$device" ecole $pagnol --annee $year --json >"$device/pagnol.json"
    on "$device" label montrer $ferry --annee $year --json >"$device/label.json"
    on "$device" lot conflits --json >"$device/conflits.json"
    on "$device" verifier --json >"$device/verifier.json"
done
