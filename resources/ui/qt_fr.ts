<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<!-- Ce que la traduction française fournie avec Qt laisse en anglais, ou dit mal.
     Après un changement : lrelease qt_fr.ts (PySide6 l’apporte), qui écrit qt_fr.qm. -->
<TS version="2.1" language="fr_FR" sourcelanguage="en_US">
<context>
  <name>QFileDialog</name>
  <message><source>&amp;Look in:</source><translation>C&amp;hercher dans :</translation></message>
  <message><source>Files of &amp;type:</source><translation>&amp;Type de fichiers :</translation></message>
  <message><source>Invalid file name</source><translation>Nom de fichier incorrect</translation></message>
</context>
<context>
  <name>QAbstractFileIconProvider</name>
  <message><source>Drive</source><translation>Lecteur</translation></message>
  <message><source>File</source><translation>Fichier</translation></message>
  <message><source>%1 File</source><translation>Fichier %1</translation></message>
  <message><source>File Folder</source><translation>Dossier</translation></message>
  <message><source>Folder</source><translation>Dossier</translation></message>
  <message><source>Alias</source><translation>Alias</translation></message>
  <message><source>Shortcut</source><translation>Raccourci</translation></message>
  <message><source>Unknown</source><translation>Inconnu</translation></message>
</context>
<context>
  <name>QPlatformTheme</name>
  <message><source>Discard</source><translation>Ne pas enregistrer</translation></message>
</context>
<context>
  <name>QPrintSettingsOutput</name>
  <message><source>Page &amp;Set:</source><translation>Page&amp;s choisies :</translation></message>
</context>
<context>
  <name>QPageSetupWidget</name>
  <message><source>Page &amp;order:</source><translation>&amp;Ordre des pages :</translation></message>
  <message><source>Pages &amp;per sheet:</source><translation>&amp;Pages par feuille :</translation></message>
</context>
</TS>
